import type { LaunchPlan, RemotePlan } from '../connect/launch-plan.ts';
import { usageError } from './errors.ts';
import { folderPlan, isFolderTarget } from './folder-target.ts';
import { FORMS, isPackageTarget, packagePlan } from './package-target.ts';

// The package name rules of npm: an optional scope, URL-safe characters, no leading dot, dash or underscore.
const NPM_TARGET = /^npm:((?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*)(?:@([a-z0-9.^~<>=*+-]{1,100}))?$/i;
const REMOTE_TARGET = /^https?:\/\//i;
// As a parsed URL has them: every spelling of an address is a dotted decimal by then.
const THIS_MACHINE = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost\.?)$/;

export interface TargetOptions {
  /** Remotes of this machine may be called, also over `http:`. */
  readonly allowLoopback?: boolean;
}

/** Reads a package, a file of one, a URL or a folder. @throws CliError naming what is wrong with the target. */
export function parseTarget(target: string, options: TargetOptions = {}): LaunchPlan {
  const match = NPM_TARGET.exec(target);
  if (match?.[1]) return { kind: 'npm', name: match[1], version: match[2], args: [] };
  if (REMOTE_TARGET.test(target)) return remotePlan(target, options);
  const plan = packagePlan(target) ?? folderPlan(target);
  if (plan) return plan;
  const shown = JSON.stringify(target);
  throw usageError(`${shown} is not a target, such as npm:@scope/name@1.2.3. ${FORMS}`);
}

function remotePlan(target: string, { allowLoopback = false }: TargetOptions): RemotePlan {
  const url = URL.parse(target);
  const shown = JSON.stringify(target);
  if (!url) throw usageError(`${shown} is not a URL. ${FORMS}`);
  // Not shown: it would end up in a log.
  if (url.username || url.password)
    throw usageError(`a URL with a user or password in it is not a target: no credentials are sent. ${FORMS}`);
  const isLocal = THIS_MACHINE.test(url.hostname);
  if (isLocal && !allowLoopback) throw usageError(`${shown} is on this machine, which is called only with --allow-loopback`);
  if (url.protocol === 'http:' && !isLocal) {
    throw usageError(`${shown} is not encrypted. Use https://; http:// is for remotes of this machine, with --allow-loopback`);
  }
  return { kind: 'remote', url: target, transport: 'streamable-http', declaresAuth: false };
}

/** The targets named, then the command line after `--`. @throws CliError when there is neither. */
export function plansOf(targets: readonly string[], commandLine: readonly string[], options: TargetOptions = {}): LaunchPlan[] {
  const plans = targets.map((target) => parseTarget(target, options));
  const [program, ...args] = commandLine;
  if (program) plans.push({ kind: 'command', argv: [program, ...args], cwd: process.cwd() });
  if (plans.length === 0) throw usageError(`nothing to scan. ${FORMS}`);
  return plans;
}

/** Whether it is scanned now; all else is looked up in the catalogue. */
export function isScanTarget(text: string): boolean {
  return text.startsWith('npm:') || REMOTE_TARGET.test(text) || isPackageTarget(text) || isFolderTarget(text);
}
