import { z } from 'zod';
import { Fault } from './fault.ts';
import { Transport } from './registry-entry.ts';
import { type Provenance, ToolDefinition } from './tool.ts';

/** The isolation a server ran in, strongest first; `container` for images alone. `none` only where a person asked for it. */
export const SandboxRung = z.enum(['bubblewrap', 'util-linux', 'container', 'none']);
export type SandboxRung = z.infer<typeof SandboxRung>;

export const SandboxRecord = z.object({
  rung: SandboxRung,
  /** What the rung does not give, in words: `no seccomp filter`. Empty for the strongest rung. */
  lacks: z.array(z.string()),
});
export type SandboxRecord = z.infer<typeof SandboxRecord>;

/** The exact artifact whose tools were listed. */
export const Artifact = z.object({
  registryType: z.enum(['npm', 'pypi', 'oci', 'mcpb']),
  /** The package's name; of an image its repository, of a bundle the name in its manifest. */
  name: z.string(),
  /** Of an image its tag, empty where only its digest was named. */
  version: z.string(),
  /** npm: subresource integrity of the tarball as the registry gave it, `sha512-…`. PyPI and MCPB: that of the file, `sha256-…`. OCI: the image's digest, `sha256:…`. */
  integrity: z.string(),
});
export type Artifact = z.infer<typeof Artifact>;

const LISTED_STATUSES = ['complete', 'partial'] as const;
/** `not-started`: only its source was to be read. */
export const FAILED_STATUSES = [
  'not-started',
  'needs-auth',
  'needs-network',
  'needs-backend',
  'refused',
  'unreachable',
  'timeout',
  'crashed',
  'protocol-error',
  'install-failed',
] as const;
export const EnumerationStatus = z.enum([...LISTED_STATUSES, ...FAILED_STATUSES]);
export type EnumerationStatus = z.infer<typeof EnumerationStatus>;

/** What a remote asks of whoever calls it, as seen without logging in. */
export const Auth = z.object({
  /**
   * `open`: listed to anyone, and nothing said of a login. `list-open`: listed to anyone, but the entry or the host says that calls need a login.
   * `oauth`: refused with protected-resource metadata. `token`: refused without it. `forbidden`: refused whatever is sent.
   */
  posture: z.enum(['open', 'list-open', 'token', 'oauth', 'forbidden']),
  /** HTTP status and `WWW-Authenticate` of the refusal, the latter cut at 1 kB. */
  status: z.number().int().optional(),
  challenge: z.string().optional(),
  /** From the protected-resource metadata (RFC 9728). */
  resourceMetadataUrl: z.string().optional(),
  authorizationServers: z.array(z.string()).optional(),
  scopes: z.array(z.string()).optional(),
});
export type Auth = z.infer<typeof Auth>;

/** One start of the server, or one connection to a remote. Values given to it are dummies; only their names are kept. */
export const Attempt = z.object({
  /** Why this start differs from the one before: `bare`, or the rung of the ladder that changed it. */
  rung: z.enum([
    'bare',
    'asked-environment',
    'asked-arguments',
    'accepted-value',
    'other-program',
    'readme',
    'code-environment',
    'newer-runtime',
    'native-stub',
    'mended-imports',
    'credential-file',
    'feature-flag',
    'answered-network',
    'widened',
    'sse-fallback',
    'streamable-fallback',
    'newest-revision',
  ]),
  /** Which of the package's programs, where it is not the one that is named like it. */
  program: z.string().optional(),
  args: z.array(z.string()),
  environmentNames: z.array(z.string()),
  status: EnumerationStatus,
  toolCount: z.number().int(),
  /** Milliseconds from spawn to the end of the attempt. */
  durationMs: z.number(),
  exitCode: z.number().int().nullable(),
  /** Why it is not complete. */
  fault: Fault.optional(),
  /** The end of what the server wrote to stderr, and to stdout outside the protocol; at most 4 kB each, control characters escaped. */
  stderr: z.string(),
  noise: z.string(),
});
export type Attempt = z.infer<typeof Attempt>;

/** Tools, at least one, as they stand in a package's files: nothing was run, and what only a run would tell is left out of their definitions. */
export const Reading = z.object({
  provenance: z.enum(['source', 'readme']),
  /** Files they stand in, relative to the package; at most 50. */
  files: z.array(z.string()),
  tools: z.array(ToolDefinition),
  /** Beside a live list: names of tools that it has not. They may be there with other settings. */
  unlisted: z.array(z.string()).optional(),
  /** What could not be read, and whether something was left out. */
  faults: z.array(Fault),
  /** Milliseconds. */
  durationMs: z.number(),
});
export type Reading = z.infer<typeof Reading>;

/** A second look under another client's name: what it was shown that the first was not, by tool name, at most 100 each. */
export const SecondLook = z.object({
  /** The client name that was given. */
  client: z.string(),
  status: EnumerationStatus,
  /** Of a difference: the name that was given, or the list is another at every look. */
  cause: z.enum(['client', 'unstable']).optional(),
  added: z.array(z.string()),
  removed: z.array(z.string()),
  /** Same name, another definition. */
  changed: z.array(z.string()),
});
export type SecondLook = z.infer<typeof SecondLook>;

/** The longest list that flags of its own gave (toolsets, modes), where it is longer than the default one. */
const WidestListing = z.object({
  /** Position in `attempts`: its arguments and environment names stand there. */
  attempt: z.number().int(),
  tools: z.array(ToolDefinition),
  answer: z.array(z.string()),
});

const Circumstances = z.object({
  /** How it was reached, for people: `npm:name@1.2.3` or the command line. */
  launch: z.string(),
  artifact: Artifact.optional(),
  /** How it was spoken to; absent when it never answered, and in records of before there were remotes. */
  transport: Transport.optional(),
  /** Of remotes that answered. */
  auth: Auth.optional(),
  /** Absent when nothing was started. */
  sandbox: SandboxRecord.optional(),
  attempts: z.array(Attempt),
  /** Milliseconds spent installing; 0 when the install cache had it. */
  installMs: z.number(),
  /** Milliseconds of all attempts together. */
  durationMs: z.number(),
  /** Instead of a list where there is none; beside it where the two were to be compared. */
  reading: Reading.optional(),
});

const Listing = Circumstances.extend({
  tools: z.array(ToolDefinition),
  /** The `result` of each `tools/list` page as JSON text, byte for byte as received. */
  answer: z.array(z.string()),
  serverInfo: z.object({ name: z.string(), version: z.string(), title: z.string().optional() }).optional(),
  instructions: z.string().optional(),
  protocolVersion: z.string().optional(),
  /** What was left out or cut: tools whose definition was not usable, one by one, and overlong instructions or server texts. */
  faults: z.array(Fault),
  widest: WidestListing.optional(),
  secondLook: SecondLook.optional(),
});

/** One attempt to list a server's tools, with its outcome. "Could not look" and "looked, found nothing" are different values. */
export const Enumeration = z.discriminatedUnion('status', [
  Listing.extend({ status: z.literal('complete') }),
  Listing.extend({ status: z.literal('partial'), fault: Fault }),
  Circumstances.extend({ status: z.enum(FAILED_STATUSES), fault: Fault }),
]);
export type Enumeration = z.infer<typeof Enumeration>;
export type ListedEnumeration = Extract<Enumeration, { status: 'complete' | 'partial' }>;

const ReadingSummary = Reading.omit({ tools: true });
const CircumstancesSummary = Circumstances.extend({ reading: ReadingSummary.optional() });
const ListingSummary = Listing.omit({ tools: true, answer: true }).extend({
  reading: ReadingSummary.optional(),
  widest: WidestListing.omit({ tools: true, answer: true }).optional(),
});

/** An enumeration without the tools and the raw answer, which are kept apart because of their size. */
export const EnumerationSummary = z.discriminatedUnion('status', [
  ListingSummary.extend({ status: z.literal('complete') }),
  ListingSummary.extend({ status: z.literal('partial'), fault: Fault }),
  CircumstancesSummary.extend({ status: z.enum(FAILED_STATUSES), fault: Fault }),
]);
export type EnumerationSummary = z.infer<typeof EnumerationSummary>;
export type ListedSummary = Extract<EnumerationSummary, { status: 'complete' | 'partial' }>;

export function isListedSummary(summary: EnumerationSummary): summary is ListedSummary {
  return summary.status === 'complete' || summary.status === 'partial';
}

export function isListed(enumeration: Enumeration): enumeration is ListedEnumeration {
  return enumeration.status === 'complete' || enumeration.status === 'partial';
}

/** How the tools of an enumeration are known; nothing where they are not. A live list outranks what was read beside it. */
export function provenanceOf(summary: EnumerationSummary): Provenance | undefined {
  return isListedSummary(summary) ? 'live' : summary.reading?.provenance;
}

/** A tool as an enumeration gives it. */
export interface KnownTool {
  readonly definition: ToolDefinition;
  /** Only the widest list has it so. */
  readonly widest: boolean;
}

/** All tools of an enumeration: of a live list first the default ones, then what the widest list has beside them; else what was read. */
export function knownTools(enumeration: Enumeration): KnownTool[] {
  if (!isListed(enumeration)) return (enumeration.reading?.tools ?? []).map((definition) => ({ definition, widest: false }));
  const { tools, widest } = enumeration;
  const texts = new Set(tools.map((tool) => JSON.stringify(tool)));
  const more = (widest?.tools ?? []).filter((tool) => !texts.has(JSON.stringify(tool)));
  return [...tools.map((definition) => ({ definition, widest: false })), ...more.map((definition) => ({ definition, widest: true }))];
}
