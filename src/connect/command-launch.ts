import { existsSync, lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { PrepareContext } from './enumerate.ts';
import { isExposed, isWithin } from './exposed-folder.ts';
import type { Launch } from './launch.ts';
import { type CommandPlan, launchText } from './launch-plan.ts';
import type { LaunchResult } from './npm-launch.ts';
import { openedMounts } from './opened-mounts.ts';
import type { Preparation } from './prepare.ts';
import { commandOfFile } from './program.ts';
import type { Mount, Sandbox } from './sandbox/sandbox.ts';

const APP_FOLDER = '/app';
const PROGRAM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'];
/** They fetch what they run, and a server runs without network. */
const PACKAGE_RUNNERS = ['npx', 'npm', 'pnpm', 'yarn', 'bunx', 'uvx', 'pipx', 'docker', 'podman'];

/** Shows the sandbox what the command line names. */
export async function prepareCommand(plan: CommandPlan, { sandbox, cacheFolder }: PrepareContext): Promise<Preparation> {
  const launched = commandLaunch(plan, sandbox);
  if (!launched.ok) return { ok: false, status: 'refused', fault: launched.fault };
  const { launch } = launched;
  const opened = await openedMounts(launch.mounts, { sandbox, cacheFolder, subject: launch.text });
  if (!opened.ok)
    return { ok: false, status: 'refused', fault: opened.fault, ...(!launch.isCodeForeign && { codeFolder: launch.codeFolder }) };
  return { ok: true, launch: { ...launch, mounts: opened.mounts }, sandbox, installMs: 0, release: opened.remove };
}

/**
 * A command line, ready to be started: its folder readable at /app, what else it names readable where it is. Of a script elsewhere that is its own
 * folder and what Node looks for above it, the node_modules and the nearest package.json; the rest of its package, with whatever secrets lie there,
 * is seen only by a server that is started from there.
 */
export function commandLaunch(plan: CommandPlan, sandbox: Sandbox): LaunchResult {
  const text = launchText(plan);
  if (PACKAGE_RUNNERS.includes(basename(plan.argv[0]))) return refuse(text, 'package-runner', runnerMessage(plan.argv[0]));
  if (!isFolder(plan.cwd)) return refuse(text, 'no-folder', `There is no folder ${plan.cwd}.`);
  if (sandbox.record.rung === 'none') return { ok: true, launch: openLaunch(plan, text) };
  return sandboxedLaunch({ ...plan, cwd: realpathSync(plan.cwd) }, text);
}

function runnerMessage(program: string): string {
  return `${basename(program)} fetches what it runs, and a server gets no network. Name the package instead (npm:name@version), or install it and give the command that starts it.`;
}

function openLaunch({ argv: [program, ...args], cwd }: CommandPlan, text: string): Launch {
  return { text, argv: [isNode(program) ? process.execPath : program, ...args], cwd, mounts: [], ...codeOf(cwd, [program, ...args]) };
}

function sandboxedLaunch(plan: CommandPlan, text: string): LaunchResult {
  const view = new View(plan.cwd);
  view.show(plan.cwd);
  const [program, ...args] = plan.argv;
  const command = programInside(program, view);
  if (!command) return refuse(text, 'unknown-program', unknownProgramMessage(program));
  const argv: Launch['argv'] = [...command, ...args.map((arg) => view.argument(arg))];
  const [exposed] = view.exposed;
  if (exposed) return refuse(text, 'exposed-folder', exposedMessage(exposed));
  return { ok: true, launch: { text, argv, cwd: view.inside(plan.cwd), mounts: view.mounts, ...codeOf(plan.cwd, plan.argv) } };
}

function unknownProgramMessage(program: string): string {
  return `There is no program ${program} in ${PROGRAM_FOLDERS.join(', ')} or at that path; inside the sandbox only those, node and the server's own files exist.`;
}

function exposedMessage(folder: string): string {
  return `The sandbox would show the server all of ${folder}. Change into the server's own folder and scan it from there, or accept the risk with --unsandboxed.`;
}

function programInside(program: string, view: View): readonly [string, ...string[]] | undefined {
  if (isNode(program)) return ['node'];
  if (!program.includes('/')) return PROGRAM_FOLDERS.some((folder) => existsSync(join(folder, program))) ? [program] : undefined;
  const path = resolve(view.cwd, program);
  if (!isFile(path)) return undefined;
  return isWithin(path, '/usr') ? [path] : commandOfFile(path, view.argument(path));
}

function isNode(program: string): boolean {
  return program === 'node' || program === process.execPath;
}

/** What of the host is visible inside, and under which path. */
class View {
  readonly cwd: string;
  readonly mounts: Mount[] = [];
  readonly exposed: string[] = [];

  constructor(cwd: string) {
    this.cwd = cwd;
  }

  inside(path: string): string {
    if (!isWithin(path, this.cwd) || isWithin(this.cwd, '/usr')) return path;
    return join(APP_FOLDER, relative(this.cwd, path));
  }

  /** The system's own folders are there already. */
  show(path: string): void {
    if (isWithin(path, '/usr') && path !== '/usr') return;
    if (this.mounts.some(({ source }) => isWithin(path, source))) return;
    if (isExposed(realpathSync(path))) this.exposed.push(path);
    else this.mounts.push({ source: path, target: this.inside(path), writable: false });
  }

  script(file: string): void {
    const folder = dirname(file);
    this.show(folder);
    for (const path of [...modulesAbove(folder), ...manifestAbove(folder)]) if (!isExposed(realpathSync(path))) this.show(path);
  }

  /** An argument, or what follows the `=` of a flag, as it must read inside when it names a file or folder of the host. */
  argument(arg: string): string {
    const [, flag = '', value = arg] = /^(--?[\w-]+=)(.*)$/s.exec(arg) ?? [];
    const isPath = isAbsolute(value) || value.startsWith('../');
    if (!isPath) return arg;
    return flag + this.path(resolve(this.cwd, value), value);
  }

  path(path: string, written: string): string {
    if (isWithin(path, this.cwd)) return this.inside(path);
    if (isFile(path)) this.script(path);
    else if (!isFolder(path)) return written;
    // A folder that may not be shown is left out: the server sees what stands at that path inside.
    else if (!isExposed(realpathSync(path))) this.show(path);
    return path;
  }
}

/** Where Node looks for a script's dependencies, those that are there. No links: one in a stranger's checkout may lead anywhere. */
function modulesAbove(folder: string): string[] {
  const names = foldersFrom(folder).map((above) => (basename(above) === 'node_modules' ? above : join(above, 'node_modules')));
  return [...new Set(names)].filter((path) => statOf(path, lstatSync)?.isDirectory());
}

/** The file by which Node tells what kind of module a script is. No link either. */
function manifestAbove(folder: string): string[] {
  const file = foldersFrom(folder)
    .map((above) => join(above, 'package.json'))
    .find((path) => statOf(path, lstatSync)?.isFile());
  return file ? [file] : [];
}

/** The folder itself first, the root last. */
function foldersFrom(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

function codeOf(cwd: string, argv: readonly string[]): Pick<Launch, 'codeFolder' | 'isCodeForeign'> {
  const script = argv.map((arg) => resolve(cwd, arg)).find((file) => isFile(file) && !isWithin(file, '/usr'));
  if (!script) return { codeFolder: cwd, isCodeForeign: true };
  return { codeFolder: isWithin(script, cwd) ? cwd : dirname(script) };
}

function isFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

/** Nothing, also where it may not be looked at: then it cannot be shown to a server either. */
function statOf(path: string, read: (path: string) => Stats = statSync): Stats | undefined {
  try {
    return read(path);
  } catch {
    return undefined;
  }
}

function refuse(subject: string, code: string, message: string): LaunchResult {
  return { ok: false, fault: { code, subject, message, retryable: false } };
}
