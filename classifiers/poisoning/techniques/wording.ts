import type { TextTechnique } from '../technique.ts';
import { adverseWording } from './adverse-wording.ts';
import { exfiltrationOrder } from './carried-off.ts';
import { consentBypass } from './consent-bypass.ts';
import { answerBeacon, credentialRequest, dangerousRemedy, foreignMint, redirectedPayment, undeclaredCopy } from './deception.ts';
import { fakePrompt } from './fake-prompt.ts';
import { foreignLanguageOrder } from './foreign-language.ts';
import { concealment } from './hidden-from-person.ts';
import { instructionOverride } from './instruction-override.ts';
import { obedience, remoteInstructions } from './obedience.ts';
import { preference } from './preference.ts';
import { shadowing } from './shadowing.ts';
import { agentTampering, codeSabotage, endlessCalls } from './tampering.ts';

/** The techniques that lie in what a sentence says. */
export const WORDING: readonly TextTechnique[] = [
  exfiltrationOrder,
  concealment,
  instructionOverride,
  fakePrompt,
  consentBypass,
  shadowing,
  foreignMint,
  obedience,
  remoteInstructions,
  agentTampering,
  redirectedPayment,
  undeclaredCopy,
  dangerousRemedy,
  credentialRequest,
  answerBeacon,
  codeSabotage,
  preference,
  endlessCalls,
  foreignLanguageOrder,
  adverseWording,
];
