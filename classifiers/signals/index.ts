import type { Signal } from '../signal.ts';
import { adminOperation } from './admin-operation.ts';
import { annotationContradiction } from './annotation-contradiction.ts';
import { bulkOperation } from './bulk-operation.ts';
import { credentialInput } from './credential-input.ts';
import { credentialMinting } from './credential-minting.ts';
import { deprecated } from './deprecated.ts';
import { dynamicDispatch } from './dynamic-dispatch.ts';
import { egress } from './egress.ts';
import { filePathInput } from './file-path-input.ts';
import { forceFlag } from './force-flag.ts';
import { freeformCodeInput } from './freeform-code-input.ts';
import { guardrailEdit } from './guardrail-edit.ts';
import { highParameterCount } from './high-parameter-count.ts';
import { missingDescription } from './missing-description.ts';
import { moneyAmount } from './money-amount.ts';
import { outboundMessage } from './outbound-message.ts';
import { overwrite } from './overwrite.ts';
import { paidCall } from './paid-call.ts';
import { personalData } from './personal-data.ts';
import { privateData } from './private-data.ts';
import { rawContentInput } from './raw-content-input.ts';
import { secretOutput } from './secret-output.ts';
import { sharedMemory } from './shared-memory.ts';
import { unboundedSchema } from './unbounded-schema.ts';
import { untrustedContent } from './untrusted-content.ts';
import { urlInput } from './url-input.ts';

/** All signals, in the order they are reported. */
export const SIGNALS: readonly Signal[] = [
  highParameterCount,
  unboundedSchema,
  freeformCodeInput,
  dynamicDispatch,
  filePathInput,
  urlInput,
  rawContentInput,
  credentialInput,
  secretOutput,
  credentialMinting,
  adminOperation,
  guardrailEdit,
  bulkOperation,
  overwrite,
  forceFlag,
  outboundMessage,
  egress,
  moneyAmount,
  paidCall,
  privateData,
  personalData,
  untrustedContent,
  sharedMemory,
  annotationContradiction,
  deprecated,
  missingDescription,
];
