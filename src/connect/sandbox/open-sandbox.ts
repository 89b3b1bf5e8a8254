import type { SandboxRung } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import { BUBBLEWRAP_PROGRAMS, bubblewrap } from './bubblewrap.ts';
import { findPrograms, type Host, THIS_HOST } from './host.ts';
import { type RungMemory, rungMemory } from './rung-memory.ts';
import type { Sandbox, SandboxLimits } from './sandbox.ts';
import { unsandboxed } from './unsandboxed.ts';
import { UTIL_LINUX_PROGRAMS, utilLinux } from './util-linux.ts';

/** The rungs for programs of this machine. A container is none of them: an image brings its own. */
export type HostRung = Exclude<SandboxRung, 'container'>;

export interface SandboxChoice {
  /** Only ever from an explicit flag. */
  readonly unsandboxed?: boolean;
  /** This rung or none. */
  readonly only?: HostRung;
  /** Where to remember which rung works here. Without it, or with `only`, each is tried anew. */
  readonly cacheFolder?: string;
}

export type OpenedSandbox = { readonly ok: true; readonly sandbox: Sandbox } | { readonly ok: false; readonly fault: Fault };

type Candidate = { readonly sandbox: Sandbox } | { readonly reason: string };

const PROBE_LIMITS: SandboxLimits = {
  dataBytes: 2 ** 28,
  memoryBytes: 2 ** 28,
  processes: 16,
  openFiles: 64,
  fileBytes: 2 ** 20,
  cpuSeconds: 5,
};
const PROBE_TIMEOUT_MS = 5_000;

const NAMESPACES_CLOSED = /operation not permitted|permission denied|no permissions|no space left|setting up uid map|unshare failed/i;
const HOW_TO_OPEN = [
  'allow unprivileged user namespaces: on Ubuntu `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`',
  'elsewhere `sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000`',
  'in Docker `--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined`',
].join(', ');

/**
 * Opens the strongest sandbox that really works here: each rung has to run a program before it is believed, once for as long as the machine stays as
 * it is. A start that fails before its program begins is never taken for the program's own failure, so a rung that stops working does no harm.
 */
export async function openSandbox(choice: SandboxChoice, host: Host = THIS_HOST): Promise<OpenedSandbox> {
  if (choice.unsandboxed || choice.only === 'none') return { ok: true, sandbox: unsandboxed() };
  if (host.platform !== 'linux')
    return refuse(`The sandbox needs Linux; this is ${host.platform}. Run Assay in a Linux machine or container.`);
  const memory = choice.cacheFolder && !choice.only ? rungMemory(choice.cacheFolder, host) : undefined;
  const remembered = memory && rememberedSandbox(memory, host);
  if (remembered) return { ok: true, sandbox: remembered };
  const reasons: string[] = [];
  for (const [rung, open] of Object.entries(RUNGS)) {
    if (choice.only && choice.only !== rung) continue;
    const candidate = await probe(open(host));
    if ('sandbox' in candidate) {
      memory?.remember(rung);
      return { ok: true, sandbox: candidate.sandbox };
    }
    reasons.push(`${rung}: ${candidate.reason}`);
  }
  return refuse(`No sandbox works here. ${reasons.join('. ')}.`);
}

/** The rung that worked when it was tried. It is forgotten when a start shows that it does no longer. */
function rememberedSandbox(memory: RungMemory, host: Host): Sandbox | undefined {
  const rung = memory.recall();
  const candidate = rung === 'bubblewrap' || rung === 'util-linux' ? RUNGS[rung](host) : undefined;
  if (!candidate || 'reason' in candidate) return undefined;
  const { sandbox } = candidate;
  return {
    record: sandbox.record,
    start(spec) {
      const started = sandbox.start(spec);
      void started.exited.then(({ spawnError }) => {
        if (spawnError !== undefined) memory.forget();
      });
      return started;
    },
  };
}

/** Strongest first. */
const RUNGS: Readonly<Record<Exclude<HostRung, 'none'>, (host: Host) => Candidate>> = {
  bubblewrap(host) {
    const programs = findPrograms(host, BUBBLEWRAP_PROGRAMS);
    if ('missing' in programs) return missing(programs.missing, programs.missing === 'bwrap' ? 'bubblewrap' : 'util-linux');
    return { sandbox: bubblewrap(programs.found, host.architecture) };
  },
  'util-linux'(host) {
    const programs = findPrograms(host, UTIL_LINUX_PROGRAMS);
    return 'missing' in programs ? missing(programs.missing, 'util-linux') : { sandbox: utilLinux(programs.found) };
  },
};

function missing(program: string, debianPackage: string): Candidate {
  return { reason: `\`${program}\` is not installed; run \`apt-get install ${debianPackage}\`` };
}

async function probe(candidate: Candidate): Promise<Candidate> {
  if ('reason' in candidate) return candidate;
  const spec = { argv: ['true'], env: {}, cwd: '/', mounts: [], network: false, limits: PROBE_LIMITS } as const;
  const started = candidate.sandbox.start(spec);
  const timer = setTimeout(() => started.kill(), PROBE_TIMEOUT_MS);
  const [exit, stderr] = await Promise.all([started.exited, started.stderr.toArray(), started.stdout.resume()]);
  clearTimeout(timer);
  if (exit.code === 0) return candidate;
  return { reason: explain(String(Buffer.concat(stderr)).trim() || (exit.spawnError ?? ''), exit.signal) };
}

function explain(output: string, signal: string | null): string {
  const said = output.trim().split('\n').at(-1) || `it ended with ${signal ?? 'a failure'} and said nothing`;
  if (/unknown option --(disable-userns|size|perms)/i.test(said)) return `${said}; bubblewrap 0.8 or newer is needed`;
  return NAMESPACES_CLOSED.test(said) ? `${said}; ${HOW_TO_OPEN}` : said;
}

function refuse(message: string): OpenedSandbox {
  const way = 'To run strangers’ programs without isolation anyway, say so with --unsandboxed.';
  return { ok: false, fault: { code: 'no-sandbox', subject: 'sandbox', message: `${message} ${way}`, retryable: false } };
}
