import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../model/fault.ts';
import { isWithin } from './exposed-folder.ts';
import type { Installed } from './install/npm-install.ts';
import type { Launch } from './launch.ts';
import type { NpmPlan } from './launch-plan.ts';
import { chooseProgram, commandOfFile } from './program.ts';
import { SANDBOX_HOME } from './sandbox/layout.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export type LaunchResult = { readonly ok: true; readonly launch: Launch } | { readonly ok: false; readonly fault: Fault };

const APP_FOLDER = '/app';

/** An installed package's program, ready to be started. Nothing of npm runs again: `npx` would resolve, and might fetch, anew. */
export function npmLaunch(plan: NpmPlan, installed: Installed, sandbox: Sandbox): LaunchResult {
  const isOpen = sandbox.record.rung === 'none';
  const text = `npm:${installed.artifact.name}@${installed.artifact.version}`;
  const bin = chooseProgram(plan.name, installed.bins);
  if (!bin) return refuse(text, 'no-program', 'The package installs no program, so it is not a server that can be started.');
  const path = join(installed.packageFolder, bin);
  const root = isOpen ? installed.folder : APP_FOLDER;
  const argv = isInPackage(path, installed) ? commandOfFile(join(installed.folder, path), join(root, path)) : undefined;
  if (!argv) return refuse(text, 'bad-program', `The program that the package names is not in it: ${bin}`);
  return {
    ok: true,
    launch: {
      text,
      argv: [...argv, ...plan.args],
      cwd: isOpen ? tmpdir() : SANDBOX_HOME,
      ...(plan.environment && { environment: plan.environment }),
      // npm unpacks files, folders and links only.
      mounts: [{ source: installed.folder, target: root, writable: false, holdsOnlyFiles: true }],
      codeFolder: join(installed.folder, installed.packageFolder),
    },
  };
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
