import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../model/fault.ts';
import type { PrepareContext } from './enumerate.ts';
import { isWithin } from './exposed-folder.ts';
import { statusOfInstallFault } from './install/install-status.ts';
import { type Installed, installNpm } from './install/npm-install.ts';
import type { Launch } from './launch.ts';
import type { NpmPlan } from './launch-plan.ts';
import type { Preparation } from './prepare.ts';
import { commandOfFile, programsByChance } from './program.ts';
import { SANDBOX_HOME } from './sandbox/layout.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export type LaunchResult = { readonly ok: true; readonly launch: Launch } | { readonly ok: false; readonly fault: Fault };

const APP_FOLDER = '/app';

/** Installs the package and finds its program. */
export async function prepareNpm(plan: NpmPlan, context: PrepareContext): Promise<Preparation> {
  const { sandbox, limits, cacheFolder, npm, abort } = context;
  const { name, version, mustNameRepository } = plan;
  const install = await installNpm({
    name,
    ...(version && { version }),
    sandbox,
    cacheFolder,
    npm,
    limits: { timeoutMs: limits.installMs, maxBytes: limits.maxInstallBytes, maxCacheBytes: limits.maxCacheBytes },
    abort,
  });
  if (!install.ok) return { ok: false, status: statusOfInstallFault(install.fault), fault: install.fault };
  const { installed } = install;
  const { artifact } = installed;
  const installMs = installed.cached ? 0 : installed.installMs;
  if (mustNameRepository !== undefined && !(await isConfirmed(installed, mustNameRepository))) {
    return { ok: false, status: 'refused', fault: notItsOwn(name, mustNameRepository), artifact, installMs };
  }
  const launched = npmLaunch(plan, installed, sandbox);
  if (launched.ok) return { ok: true, launch: launched.launch, sandbox, artifact, installMs };
  const codeFolder = join(installed.folder, installed.packageFolder);
  return { ok: false, status: 'install-failed', fault: launched.fault, artifact, installMs, codeFolder };
}

/** Only of a package that files of a repository name. */
async function isConfirmed(installed: Installed, repositoryUrl: string): Promise<boolean> {
  const { namesRepository } = await import('./names-repository.ts');
  return namesRepository(installed, repositoryUrl);
}

function notItsOwn(name: string, repositoryUrl: string): Fault {
  return {
    code: 'package-not-confirmed',
    subject: `npm:${name}`,
    message: `Files of ${repositoryUrl} name this package, but the package does not name that repository: it may be a stranger's, and was not started.`,
    retryable: false,
  };
}

/** An installed package's program, ready to be started. Nothing of npm runs again: `npx` would resolve, and might fetch, anew. */
export function npmLaunch(plan: NpmPlan, installed: Installed, sandbox: Sandbox): LaunchResult {
  const isOpen = sandbox.record.rung === 'none';
  const text = `npm:${installed.artifact.name}@${installed.artifact.version}`;
  const [first, ...others] = programsByChance(plan.name, installed.bins);
  if (!first) return refuse(text, 'no-program', 'The package installs no program, so it is not a server that can be started.');
  const root = isOpen ? installed.folder : APP_FOLDER;
  const argv = commandOfBin(first.path, root, installed);
  if (!argv) return refuse(text, 'bad-program', `The program that the package names is not in it: ${first.path}`);
  const otherPrograms = others.flatMap(({ name, path }) => {
    const command = commandOfBin(path, root, installed);
    return command ? [{ name, argv: [...command, ...plan.args] as const }] : [];
  });
  return {
    ok: true,
    launch: {
      text,
      argv: [...argv, ...plan.args],
      ...(otherPrograms.length > 0 && { otherPrograms }),
      cwd: isOpen ? tmpdir() : SANDBOX_HOME,
      ...(plan.environment && { environment: plan.environment }),
      // npm unpacks files, folders and links only.
      mounts: [{ source: installed.folder, target: root, writable: false, holdsOnlyFiles: true }],
      codeFolder: join(installed.folder, installed.packageFolder),
    },
  };
}

/** Nothing for a program that is not in the package. */
function commandOfBin(bin: string, root: string, installed: Installed): Launch['argv'] | undefined {
  const path = join(installed.packageFolder, bin);
  return isInPackage(path, installed) ? commandOfFile(join(installed.folder, path), join(root, path)) : undefined;
}

/** Whether the file lies in the package also when every link is followed. */
function isInPackage(path: string, { folder, packageFolder }: Installed): boolean {
  try {
    return isWithin(realpathSync(join(folder, path)), join(realpathSync(folder), packageFolder));
  } catch {
    return false;
  }
}

function refuse(subject: string, code: string, message: string): LaunchResult {
  return { ok: false, fault: { code, subject, message, retryable: false } };
}
