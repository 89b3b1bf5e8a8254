import type { Rule } from '../rule.ts';
import { accessChange } from './access-change.ts';
import { amountToRecipient } from './amount-to-recipient.ts';
import { annotatedClaim } from './annotated-claim.ts';
import { arbitraryDispatch } from './arbitrary-dispatch.ts';
import { codeExecution } from './code-execution.ts';
import { destroyingVerb } from './destroying-verb.ts';
import { fileSaving } from './file-saving.ts';
import { freeformCode } from './freeform-code.ts';
import { infrastructureOperation } from './infrastructure-operation.ts';
import { keyMinting } from './key-minting.ts';
import { moneyMovement } from './money-movement.ts';
import { outcomeAnswer } from './outcome-answer.ts';
import { preview } from './preview.ts';
import { readOnlyQuery } from './read-only-query.ts';
import { readingVerb } from './reading-verb.ts';
import { recoverableRemoval } from './recoverable-removal.ts';
import { resourceName } from './resource-name.ts';
import { statedIrreversibility } from './stated-irreversibility.ts';
import { statedReadOnly } from './stated-read-only.ts';
import { writingVerb } from './writing-verb.ts';

/** All rules, in the order their evidence is given. */
export const RULES: readonly Rule[] = [
  readingVerb,
  writingVerb,
  destroyingVerb,
  recoverableRemoval,
  statedIrreversibility,
  accessChange,
  keyMinting,
  moneyMovement,
  amountToRecipient,
  infrastructureOperation,
  freeformCode,
  codeExecution,
  readOnlyQuery,
  arbitraryDispatch,
  statedReadOnly,
  preview,
  fileSaving,
  outcomeAnswer,
  resourceName,
  annotatedClaim,
];
