import type { LaunchPlan } from '../connect/launch-plan.ts';
import { usageError } from './errors.ts';

// The package name rules of npm: an optional scope, URL-safe characters, no leading dot or underscore.
const NPM_TARGET = /^npm:((?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*)(?:@([A-Za-z0-9.^~<>=*+-]{1,100}))?$/i;

const KNOWN_SCHEMES = /^(pypi|oci|github|https?):/;

/** Reads `npm:name[@version]`. @throws CliError naming what is wrong with the target. */
export function parseTarget(target: string): LaunchPlan {
  const match = NPM_TARGET.exec(target);
  if (match?.[1]) return { kind: 'npm', name: match[1], version: match[2], args: [] };
  if (KNOWN_SCHEMES.test(target)) {
    throw usageError(
      `This version scans npm packages and command lines only, not "${target}". Use npm:name[@version], or -- command args…`,
    );
  }
  throw usageError(`"${target}" is not a target. Use npm:name[@version] (npm:@scope/name@1.2.3), or -- command args…`);
}

/** Whether the text is meant as a target rather than as the name of a stored server. */
export function isTarget(text: string): boolean {
  return /^[a-z]+:/.test(text);
}
