import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Fault } from '../model/fault.ts';
import type { PrepareContext } from './enumerate.ts';
import { isWithin } from './exposed-folder.ts';
import { statusOfInstallFault } from './install/install-status.ts';
import { NEEDS_BUILD, NEEDS_PYTHON } from './install/pypi-faults.ts';
import { installPypi, type PypiInstalled, type PypiResult } from './install/pypi-install.ts';
import { type Distribution, isOfRepository, readDistribution } from './install/pypi-metadata.ts';
import { mountsOfPython, type Python, type PythonSetup } from './install/pypi-settings.ts';
import { normalizedName } from './install/pypi-spec.ts';
import { launchText, type PypiPlan } from './launch-plan.ts';
import type { LaunchResult } from './npm-launch.ts';
import type { Preparation } from './prepare.ts';
import { chooseProgram } from './program.ts';
import { SANDBOX_HOME } from './sandbox/layout.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

const APP_FOLDER = '/app';
/** Tries of an install, the newest Python first: the newest may be too new for a package's wheels. */
const MAX_PYTHONS = 3;

interface Installation {
  readonly python: Python;
  readonly result: PypiResult;
}

/** Installs the package and finds its program. */
export async function preparePypi(plan: PypiPlan, context: PrepareContext): Promise<Preparation> {
  const found = await context.python?.();
  if (!found) return { ok: false, status: 'refused', fault: notSetUp(plan) };
  if (!found.ok) return { ok: false, status: 'refused', fault: { ...found.fault, subject: launchText(plan) } };
  const { python, result } = await installForSome(plan, found.setup, context);
  if (!result.ok) return { ok: false, status: statusOfInstallFault(result.fault), fault: result.fault };
  const { installed } = result;
  const { artifact, installMs, folder } = installed;
  const distribution = await readDistribution(folder, plan.name);
  const { mustNameRepository } = plan;
  if (mustNameRepository !== undefined && !(distribution && isOfRepository(distribution, mustNameRepository))) {
    return { ok: false, status: 'refused', fault: notItsOwn(plan.name, mustNameRepository), artifact, installMs };
  }
  const launched = distribution
    ? pypiLaunch(plan, { installed, distribution, python, sandbox: context.sandbox })
    : refuse(launchText(plan), 'bad-program', 'The package was installed, but what it says of itself cannot be read.');
  if (launched.ok) return { ok: true, launch: launched.launch, sandbox: context.sandbox, artifact, installMs };
  const codeFolder = distribution && codeFolderOf(folder, distribution, '');
  return { ok: false, status: 'install-failed', fault: launched.fault, artifact, installMs, ...(codeFolder && { codeFolder }) };
}

/** For the newest Python that it can be installed for, or else what the newest said. */
async function installForSome(plan: PypiPlan, setup: PythonSetup, context: PrepareContext): Promise<Installation> {
  let first: Installation | undefined;
  for (const python of setup.pythons.slice(0, MAX_PYTHONS)) {
    const result = await installFor(python, plan, setup, context);
    if (result.ok) return { python, result };
    first ??= { python, result };
    if (result.fault.code !== NEEDS_BUILD && result.fault.code !== NEEDS_PYTHON) return { python, result };
  }
  if (!first) throw new Error('a setup without a Python');
  return first;
}

function installFor(python: Python, plan: PypiPlan, setup: PythonSetup, context: PrepareContext): Promise<PypiResult> {
  const { sandbox, limits, cacheFolder, abort } = context;
  return installPypi({
    name: plan.name,
    ...(plan.version && { version: plan.version }),
    ...(plan.wheel && { wheel: plan.wheel }),
    python,
    setup,
    sandbox,
    cacheFolder,
    limits: { timeoutMs: limits.installMs, maxBytes: limits.maxInstallBytes, maxCacheBytes: limits.maxCacheBytes },
    abort,
  });
}

interface Startable {
  readonly installed: PypiInstalled;
  readonly distribution: Distribution;
  readonly python: Python;
  readonly sandbox: Sandbox;
}

/**
 * An installed package's program, ready to be started: its console script's function, or the package itself where it has a `__main__`. Only what was
 * installed with it can be imported beside Python's own library, whatever else this machine's Python has.
 */
function pypiLaunch(plan: PypiPlan, { installed, distribution, python, sandbox }: Startable): LaunchResult {
  const isOpen = sandbox.record.rung === 'none';
  const text = `pypi:${installed.artifact.name}@${installed.artifact.version}`;
  const root = isOpen ? installed.folder : APP_FOLDER;
  const programs = programsOf(installed.folder, distribution);
  const [program, ...others] = programs.map(({ name, target }) => ({
    name,
    argv: [python.program, '-S', '-s', '-c', STARTER, root, name, target, ...plan.args] as const,
  }));
  if (!program) return refuse(text, 'no-program', 'The package installs no program, so it is not a server that can be started.');
  return {
    ok: true,
    launch: {
      text,
      argv: [...program.argv],
      ...(others.length > 0 && { otherPrograms: others }),
      cwd: isOpen ? tmpdir() : SANDBOX_HOME,
      ...(plan.environment && { environment: plan.environment }),
      // pip unpacks files and folders only.
      mounts: [...mountsOfPython(python), { source: installed.folder, target: root, writable: false, holdsOnlyFiles: true }],
      codeFolder: codeFolderOf(installed.folder, distribution, programs[0]?.target ?? ''),
    },
  };
}

/**
 * What the script that pip writes does. The folder comes first in Python's path, as `PYTHONPATH` would put it, also for Pythons that the server itself
 * starts; the working folder is not in it. Files that tell Python of more folders (`….pth`) are read as in a folder of its own.
 */
const STARTER = [
  'import functools, importlib, os, runpy, site, sys',
  'root, name, target = sys.argv[1:4]',
  'os.environ.update(PYTHONPATH=root, PYTHONSAFEPATH="1")',
  'sys.path[:] = [root] + [path for path in sys.path if path]',
  'site.addsitedir(root)',
  'site.setquit()',
  'module, _, function = target.partition(":")',
  'sys.argv[:] = [name] + sys.argv[4:]',
  'if not function: runpy.run_module(module, run_name="__main__", alter_sys=True)',
  'else: sys.exit(functools.reduce(getattr, function.split("."), importlib.import_module(module))())',
].join('\n');

interface PythonProgram {
  readonly name: string;
  /** `module:function`, or a package to run. */
  readonly target: string;
}

/** Likeliest first: the package's own name, then as for programs of npm packages; without scripts the package itself. */
function programsOf(folder: string, { name, scripts, files }: Distribution): PythonProgram[] {
  const programs = Object.entries(scripts).map(([script, target]) => ({ name: script, target }));
  const own = programs.find((program) => normalizedName(program.name) === name)?.target ?? chooseProgram(name, scripts);
  if (programs.length > 0) return programs.sort((a, b) => Number(b.target === own) - Number(a.target === own));
  const mains = files.filter((file) => /^[\w/]+\/__main__\.py$/.test(file) && existsSync(join(folder, file)));
  const [shallowest] = mains.sort((a, b) => a.split('/').length - b.split('/').length);
  return shallowest === undefined ? [] : [{ name, target: dirname(shallowest).replaceAll('/', '.') }];
}

/** The innermost folder that holds all of the package's modules beside the one that is started; of single files, what was installed about it. */
function codeFolderOf(folder: string, { files, infoFolder }: Distribution, target: string): string {
  const [top = ''] = target.split(/[.:]/, 1);
  const tops = [...new Set(files.filter((file) => file.includes('/')).map((file) => file.slice(0, file.indexOf('/'))))];
  const chosen = tops.includes(top) ? top : tops[0];
  if (chosen === undefined) return join(folder, infoFolder);
  const folders = files.filter((file) => file.startsWith(`${chosen}/`)).map(dirname);
  const common = folders.reduce((a, b) => commonFolder(a, b));
  return join(folder, common);
}

function commonFolder(a: string, b: string): string {
  return isWithin(b, a) || a === '.' ? a : commonFolder(dirname(a), b);
}

function notSetUp(plan: PypiPlan): Fault {
  return { code: 'no-launch-plan', subject: launchText(plan), message: 'Python packages are not started here.', retryable: false };
}

function notItsOwn(name: string, repositoryUrl: string): Fault {
  return {
    code: 'package-not-confirmed',
    subject: `pypi:${name}`,
    message: `Files of ${repositoryUrl} name this package, but the package does not name that repository: it may be a stranger's, and was not started.`,
    retryable: false,
  };
}

function refuse(subject: string, code: string, message: string): LaunchResult {
  return { ok: false, fault: { code, subject, message, retryable: false } };
}
