import { z } from 'zod';

const SourceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected lower-case letters, digits and dashes');
const HttpUrl = z.url({ protocol: /^https?$/ });
const RegistrySource = z.strictObject({
  kind: z.literal('registry'),
  id: SourceId,
  title: z.string().min(1).optional(),
  /** Without `/v0.1`. */
  baseUrl: HttpUrl,
  /** Its publishers had to prove that a name is theirs, as in the official registry. */
  provesNames: z.boolean().default(false),
  /** Its operator, not the publisher, fills in `github` of the publisher's metadata, as GitHub's own registry does. */
  operatorFacts: z.boolean().default(false),
  /** Yours: servers that it alone lists may be on this machine (with `allowLoopback`) or on `trustedHosts`. */
  own: z.boolean().default(false),
  /** People choose what it lists, one entry for each server: its word on which repository is a server's counts for more than a publisher's own. */
  curated: z.boolean().default(false),
  /** Name of the environment variable that holds its bearer token. */
  tokenVariable: z.string().min(1).optional(),
  /** At most; absent means two, which the official registry is comfortable with. */
  requestsPerSecond: z.number().positive().max(1_000).optional(),
});

const GitHubSource = z.strictObject({
  kind: z.literal('github'),
  id: SourceId.default('github'),
  baseUrl: HttpUrl.default('https://api.github.com'),
  tokenVariable: z.string().min(1).default('GITHUB_TOKEN'),
});

/** The package registry that the npm client is configured for. */
const NpmSource = z.strictObject({
  kind: z.literal('npm'),
  id: SourceId.default('npm'),
  /** Answers `GET <downloadsUrl>/<package>` with a week's downloads, where the registry's search does not tell them. */
  downloadsUrl: HttpUrl.optional(),
});

const StarterSource = z.strictObject({ kind: z.literal('starter'), id: z.literal('starter').default('starter') });

/** One source to crawl. */
export const SourceSettings = z.discriminatedUnion('kind', [RegistrySource, GitHubSource, NpmSource, StarterSource]);
export type SourceSettings = z.infer<typeof SourceSettings>;

const DEFAULT_SOURCES: z.input<typeof SourceSettings>[] = [
  {
    kind: 'registry',
    id: 'official-registry',
    title: 'Official MCP registry',
    baseUrl: 'https://registry.modelcontextprotocol.io',
    provesNames: true,
  },
  { kind: 'npm' },
  { kind: 'github' },
  { kind: 'starter' },
];

const OptOut = z
  .string()
  .regex(
    /^(name|npm|pypi|oci|mcpb|nuget|cargo|github|host):\S+$/,
    'expected name:, npm: (or another package type), github: or host: and a value',
  );

/** The settings file. */
export const Settings = z.strictObject({
  /** Asked in this order; of what several say of one server, the earlier has precedence. */
  sources: z
    .array(SourceSettings)
    .min(1)
    .refine((sources) => new Set(sources.map(({ id }) => id)).size === sources.length, 'two sources have the same id')
    .prefault(DEFAULT_SOURCES),
  /** Where whoever is crawled can ask about it, sent with every request: a URL or a mail address. */
  contact: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'expected a URL or a mail address')
    .optional(),
  /** Allows `http:` and addresses of this machine, for registries that run here and, if they are `own`, for the remotes that they list. */
  allowLoopback: z.boolean().default(false),
  /** A source that takes longer is broken off: everything else waits for it. */
  maxHoursPerSource: z.number().positive().max(24).default(6),
  /** Looks for each server's widest list too: up to 14 more starts of each. */
  listWidest: z.boolean().default(false),
  /** Looks at each server that lists once more under this client's name, such as `claude-ai`: servers may show scanners other tools. */
  secondClient: z
    .string()
    .regex(/^[\x20-\x7e]{1,100}$/, 'expected the name of a client')
    .optional(),
  /** Host names of your own whose addresses may be private: a company's registry and, if that is `own`, the remotes that it lists. */
  trustedHosts: z.array(z.string().regex(/^[a-z0-9.-]+$/, 'expected a host name in lower case')).default([]),
  /**
   * What is never listed: `name:<registry name>`, `npm:<package>` or another package type, `github:<owner>[/<repository>]`, where a `*` at the end
   * stands for anything; and `host:<host name>`, which is never contacted either, with `host:*.<domain>` for every name below a domain.
   */
  optOut: z.array(OptOut).default([]),
});
export type Settings = z.infer<typeof Settings>;
