import { z } from 'zod';
import type { Artifact } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import { HttpError } from '../net/http-error.ts';
import { type Engine, type EngineOutcome, runEngine } from './container-engine.ts';
import type { PrepareContext } from './enumerate.ts';
import { type ImageReference, imageReference } from './image-reference.ts';
import { tooBig } from './install/npm-faults.ts';
import { visibleEnd } from './kept-text.ts';
import { launchText, type OciPlan } from './launch-plan.ts';
import type { NotPrepared, Preparation } from './prepare.ts';
import { containerSandbox } from './sandbox/container.ts';
import { sweepContainers } from './sandbox/container-owner.ts';
import { SANDBOX_HOME } from './sandbox/layout.ts';

const INSPECT_TIMEOUT_MS = 20_000;
/** Layers are sent compressed; unpacked they take two to four times as much. */
const UNPACKED = 4;
const MAX_DETAILS = 2_000;

const Inspected = z.array(
  z.object({
    Id: z.string().regex(/^(?:sha256:)?[\da-f]{64}$/),
    RepoDigests: z.array(z.string()).nullish(),
    Size: z.number().nullish(),
    Config: z.object({ Volumes: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  }),
);
type Inspected = z.infer<typeof Inspected>[number];
const Layers = z.object({ layers: z.array(z.object({ size: z.number() })) });
const Manifests = z.object({
  manifests: z.array(z.object({ digest: z.string(), platform: z.object({ os: z.string(), architecture: z.string() }) })),
});

interface Run {
  readonly plan: OciPlan;
  readonly engine: Engine;
  readonly reference: ImageReference;
  readonly context: PrepareContext;
}

interface Found {
  readonly image: Inspected;
  /** Pulled for this look, and to be removed after it. */
  readonly isPulled: boolean;
  /** What the name stood for before. */
  readonly before?: Inspected | undefined;
}

type Image = Found | { readonly failure: NotPrepared };

/** Pulls the image and makes ready to run it as it is, without network. */
export async function prepareOci(plan: OciPlan, context: PrepareContext): Promise<Preparation> {
  const reference = imageReference(plan.image);
  if (!reference) return refused(fault(plan, 'bad-image-name', 'This is not a name that an image can have.'));
  const found = await context.engine?.();
  if (!found) return refused(fault(plan, 'no-launch-plan', 'Images are not started here.'));
  if (!found.ok) return refused({ ...found.fault, subject: launchText(plan) });
  const { engine } = found;
  await sweepContainers(engine);
  const startedAt = performance.now();
  const got = await imageOf({ plan, engine, reference, context });
  if ('failure' in got) return { ok: false, ...got.failure };
  const run = { plan, engine, reference, context };
  const made = prepared(run, got, Math.round(performance.now() - startedAt));
  if (!made.ok && got.isPulled) await removePulled(run, got);
  return made;
}

function prepared(run: Run, found: Found, installMs: number): Preparation {
  const { plan, engine, reference } = run;
  const { image, isPulled } = found;
  const volumes = Object.keys(image.Config?.Volumes ?? {});
  const odd = volumes.find((volume) => !/^\/[\w./-]{1,200}$/.test(volume) || volume.includes('..'));
  if (odd !== undefined) return refused(fault(plan, 'bad-image', 'The image declares a volume that cannot be bounded.'));
  const artifact = artifactOf(reference, image);
  const sandbox = containerSandbox(engine, { id: image.Id, volumes });
  return {
    ok: true,
    launch: {
      text: launchText(plan),
      argv: [plan.image, ...plan.args],
      cwd: SANDBOX_HOME,
      ...(plan.environment && { environment: plan.environment }),
      mounts: [],
      // Nothing of an image is on this machine's disk as files to read.
      codeFolder: '/nonexistent',
    },
    sandbox,
    artifact,
    installMs: isPulled ? installMs : 0,
    // Images of a whole catalogue would fill the disk; what was here before stays.
    ...(isPulled && { release: () => removePulled(run, found) }),
  };
}

/** A name that stood for another image before stands for it again. Never rejects. */
async function removePulled(run: Run, { image, before }: Found): Promise<void> {
  if (!before) return removeName(run);
  const own = (image.RepoDigests ?? []).find((one) => imageReference(one)?.digest !== undefined);
  const commands = [['tag', before.Id, run.reference.text], ...(own ? [['rmi', own]] : [])];
  for (const command of commands) await runEngine(run.engine, command, { timeoutMs: INSPECT_TIMEOUT_MS });
}

async function removeName({ engine, reference }: Run): Promise<void> {
  await runEngine(engine, ['rmi', reference.text], { timeoutMs: INSPECT_TIMEOUT_MS });
}

function artifactOf({ repository, tag, digest }: ImageReference, { Id, RepoDigests }: Inspected): Artifact {
  const known = (RepoDigests ?? []).map((one) => one.slice(one.indexOf('@') + 1)).find((one) => /^sha256:[\da-f]{64}$/.test(one));
  const own = Id.startsWith('sha256:') ? Id : `sha256:${Id}`;
  return { registryType: 'oci', name: repository, version: tag, integrity: digest ?? known ?? own };
}

async function imageOf(run: Run): Promise<Image> {
  const { limits, abort } = run.context;
  const local = await inspect(run, abort);
  if (local && isFinal(run.reference, local)) return { image: local, isPulled: false };
  const closed = await closedHost(run);
  if (closed) return { failure: { status: 'refused', fault: closed } };
  const size = await sizeToPull(run);
  if (size !== undefined && size > limits.maxInstallBytes) return failed(tooBig(launchText(run.plan), limits.maxInstallBytes));
  const pulled = await engineRun(run, ['pull', '--quiet', run.reference.text], limits.installMs).catch(async (cause) => {
    // Called off, perhaps a moment after it was there.
    if (!local) await removeName(run);
    throw cause;
  });
  if (pulled.kind !== 'done') return failed(faultOfPull(run, pulled));
  // Also when it is called off by now: who is told of it removes it.
  const image = await inspect(run);
  if (!image) return failed(fault(run.plan, 'install-failed', 'The engine pulled the image, but cannot tell what is in it.'));
  const found: Found = { image, isPulled: local?.Id !== image.Id, before: local };
  if ((image.Size ?? 0) <= limits.maxInstallBytes * UNPACKED) return found;
  if (found.isPulled) await removePulled(run, found);
  return failed(tooBig(launchText(run.plan), limits.maxInstallBytes * UNPACKED));
}

/** One that never came from a registry is taken as it is, one with a digest too; a tag may have moved. podman calls its own images `localhost/…`. */
function isFinal({ digest, host }: ImageReference, { RepoDigests }: Inspected): boolean {
  return digest !== undefined || host === 'localhost' || (RepoDigests ?? []).length === 0;
}

/** An entry may name a registry inside this network: the engine would ask it. */
async function closedHost({ plan, reference: { host }, context }: Run): Promise<Fault | undefined> {
  if (host === undefined) return undefined;
  const { http, reach, abort } = context;
  try {
    const answer = await http.fetchWith({ abort, ...(reach && { reach }), timeoutMs: INSPECT_TIMEOUT_MS })(`https://${host}/v2/`, {
      redirect: 'manual',
    });
    await answer.body?.cancel();
  } catch (cause) {
    abort.throwIfAborted();
    if (!(cause instanceof HttpError)) throw cause;
    const isBarred = ['private-address', 'insecure-url', 'opted-out', 'bad-url'].includes(cause.fault.code);
    return isBarred ? { ...cause.fault, subject: launchText(plan) } : undefined;
  }
  return undefined;
}

/** Bytes of all layers, compressed; nothing where the engine cannot tell before. */
async function sizeToPull(run: Run): Promise<number | undefined> {
  const first = await manifestOf(run, run.reference.text);
  const list = Manifests.safeParse(first).data?.manifests;
  const own = list?.find(({ platform }) => platform.os === 'linux' && platform.architecture === ARCHITECTURES[process.arch]);
  const manifest =
    own && /^sha256:[\da-f]{64}$/.test(own.digest) ? await manifestOf(run, `${run.reference.repository}@${own.digest}`) : first;
  return Layers.safeParse(manifest).data?.layers.reduce((sum, { size }) => sum + size, 0);
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm', s390x: 's390x', ppc64: 'ppc64le' };

async function manifestOf(run: Run, reference: string): Promise<unknown> {
  const outcome = await engineRun(run, ['manifest', 'inspect', reference], INSPECT_TIMEOUT_MS);
  return outcome.kind === 'done' ? parsed(outcome.stdout) : undefined;
}

async function inspect({ engine, reference }: Run, abort?: AbortSignal): Promise<Inspected | undefined> {
  const bounds = { timeoutMs: INSPECT_TIMEOUT_MS, ...(abort && { abort }) };
  const outcome = await runEngine(engine, ['image', 'inspect', reference.text], bounds);
  return outcome.kind === 'done' ? Inspected.safeParse(parsed(outcome.stdout)).data?.[0] : undefined;
}

function engineRun({ engine, context: { abort } }: Run, args: readonly string[], timeoutMs: number): Promise<EngineOutcome> {
  return runEngine(engine, args, { timeoutMs, abort });
}

const UNKNOWN = /manifest unknown|not found|does not exist|repository does not exist|pull access denied|name unknown|denied/i;
const UNREACHABLE =
  /no such host|i\/o timeout|connection refused|TLS handshake|deadline exceeded|too many requests|toomanyrequests|server misbehaving/i;

function faultOfPull({ plan, engine, context }: Run, outcome: Exclude<EngineOutcome, { kind: 'done' }>): Fault {
  const seconds = Math.round(context.limits.installMs / 1_000);
  if (outcome.kind === 'timeout')
    return fault(plan, 'install-timeout', `Pulling the image took longer than ${seconds} s and was stopped.`, true);
  const details = visibleEnd(outcome.stderr, MAX_DETAILS);
  if (UNREACHABLE.test(outcome.stderr)) {
    return { ...fault(plan, 'registry-unreachable', `The image's registry did not answer. Try \`${engine.kind} pull\`.`, true), details };
  }
  if (UNKNOWN.test(outcome.stderr)) {
    return { ...fault(plan, 'unknown-package', 'The registry shows no such image to everyone. Check the name and the tag.'), details };
  }
  return { ...fault(plan, 'install-failed', `${engine.kind} could not pull the image; the details hold what it said.`), details };
}

function failed(cause: Fault): Image {
  return { failure: { status: 'install-failed', fault: cause } };
}

function refused(cause: Fault): Preparation {
  return { ok: false, status: 'refused', fault: cause };
}

function fault(plan: OciPlan, code: string, message: string, retryable = false): Fault {
  return { code, subject: launchText(plan), message, retryable };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
