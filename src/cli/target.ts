import type { LaunchPlan } from '../connect/launch-plan.ts';
import { usageError } from './errors.ts';

// The package name rules of npm: an optional scope, URL-safe characters, no leading dot, dash or underscore.
const NPM_TARGET = /^npm:((?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*)(?:@([a-z0-9.^~<>=*+-]{1,100}))?$/i;

const LATER_FORMS = /^(pypi|oci|github|https?):/;

/** Reads `npm:name[@version]`. @throws CliError naming what is wrong with the target. */
export function parseTarget(target: string): LaunchPlan {
  const match = NPM_TARGET.exec(target);
  if (match?.[1]) return { kind: 'npm', name: match[1], version: match[2], args: [] };
  if (LATER_FORMS.test(target)) {
    throw usageError(
      `this version scans npm packages and command lines only, not ${JSON.stringify(target)}. Use npm:name[@version], or -- command args…`,
    );
  }
  throw usageError(`${JSON.stringify(target)} is not a target. Use npm:name[@version], such as npm:@scope/name@1.2.3, or -- command args…`);
}

/** The targets named, then the command line after `--`. @throws CliError when there is neither. */
export function plansOf(targets: readonly string[], commandLine: readonly string[]): LaunchPlan[] {
  const plans = targets.map(parseTarget);
  const [program, ...args] = commandLine;
  if (program) plans.push({ kind: 'command', argv: [program, ...args], cwd: process.cwd() });
  if (plans.length === 0) throw usageError('nothing to scan. Name a target (npm:name[@version]) or a command after --');
  return plans;
}

/** Whether `policy` scans it now; all else is looked up in the catalogue. */
export function isScanTarget(text: string): boolean {
  return text.startsWith('npm:');
}
