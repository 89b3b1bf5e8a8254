/** Run a published npm package: installed into the cache first, its bin started in the sandbox. */
export interface NpmPlan {
  readonly kind: 'npm';
  readonly name: string;
  /** Exact version, a dist-tag or a range; absent means the `latest` dist-tag. Only an exact version can be answered from the install cache without asking the registry. */
  readonly version?: string;
  /** Arguments for the server itself. */
  readonly args: readonly string[];
  /** Nobody but a repository's files says that the package is this server's: it is started only when its manifest names that repository. */
  readonly mustNameRepository?: string;
  /** Environment variables that its registry entry gives a value. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Run a published Python package: installed into a private environment first, its console script started in the sandbox. */
export interface PypiPlan {
  readonly kind: 'pypi';
  /** Normalised: lower case, single hyphens. */
  readonly name: string;
  /** Exact version; absent means the newest release. */
  readonly version?: string;
  /** Absolute path of a wheel that is taken instead of the index's; name and version are its. */
  readonly wheel?: string;
  readonly args: readonly string[];
  /** As {@link NpmPlan.mustNameRepository}. */
  readonly mustNameRepository?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Run a container image as it is, with docker or podman. */
export interface OciPlan {
  readonly kind: 'oci';
  /** Reference without a scheme: `registry/name:tag` or `registry/name@sha256:…`. */
  readonly image: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Run the server of an MCP bundle (`.mcpb`, formerly `.dxt`): a ZIP archive with a manifest. */
export interface McpbPlan {
  readonly kind: 'mcpb';
  /** Absolute path of the file, or its https URL. */
  readonly location: string;
  /** SHA-256 in hex that the registry entry gives; another file is refused. */
  readonly sha256?: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Read a folder's source. Nothing of it is run. */
export interface FolderPlan {
  readonly kind: 'folder';
  /** Absolute path. */
  readonly folder: string;
}

/** Run a command line as given, with its folder readable inside the sandbox. */
export interface CommandPlan {
  readonly kind: 'command';
  readonly argv: readonly [string, ...string[]];
  /** Absolute path; becomes the working folder. */
  readonly cwd: string;
}

/** Call a URL. No credentials are ever sent. */
export interface RemotePlan {
  readonly kind: 'remote';
  readonly url: string;
  /** Tried first; streamable HTTP falls back on SSE where the answer asks for it. */
  readonly transport: 'streamable-http' | 'sse';
  /** The registry entry says that calls need a credential. */
  readonly declaresAuth: boolean;
}

/** How to reach a server. */
export type LaunchPlan = NpmPlan | PypiPlan | OciPlan | McpbPlan | CommandPlan | RemotePlan | FolderPlan;
/** Those that start something on this machine. */
export type ProgramPlan = Exclude<LaunchPlan, RemotePlan | FolderPlan>;

/**
 * The plan in one line, as shown to people and recorded with the enumeration: `npm:name@1.2.3` with its arguments, the command line or the URL.
 * The text of what was looked at last is compared with it.
 */
export function launchText(plan: LaunchPlan): string {
  switch (plan.kind) {
    case 'command':
      return plan.argv.join(' ');
    case 'remote':
      return plan.url;
    case 'folder':
      return plan.folder;
    case 'oci':
      return [`oci:${plan.image}`, ...plan.args].join(' ');
    case 'mcpb':
      return [`mcpb:${plan.location}`, ...plan.args].join(' ');
    default:
      return [`${plan.kind}:${plan.name}${plan.version ? `@${plan.version}` : ''}`, ...plan.args].join(' ');
  }
}
