import { acceptedValue } from './accepted-value.ts';
import { answeredNetwork } from './answered-network.ts';
import { askedArguments } from './asked-arguments.ts';
import { askedEnvironment } from './asked-environment.ts';
import { codeEnvironment } from './code-environment.ts';
import { credentialFile } from './credential-file.ts';
import { featureFlag } from './feature-flag.ts';
import { mendedImports } from './mended-imports.ts';
import { nativeStub } from './native-stub.ts';
import { newerRuntime } from './newer-runtime.ts';
import { otherProgram } from './other-program.ts';
import { readme } from './readme.ts';
import type { Rung } from './rung.ts';

/**
 * In the order in which they are asked after a start that listed nothing. First what its own words ask for, since that is nearly always right:
 * environment before arguments, because filling in optional flags breaks servers that a variable would have satisfied. Then, for one that
 * would go on with a network, what leaves that part out or answers it; last what the package says elsewhere.
 */
export const RUNGS: readonly Rung[] = [
  newerRuntime,
  nativeStub,
  mendedImports,
  acceptedValue,
  askedEnvironment,
  credentialFile,
  askedArguments,
  otherProgram,
  featureFlag,
  answeredNetwork,
  readme,
  codeEnvironment,
];
