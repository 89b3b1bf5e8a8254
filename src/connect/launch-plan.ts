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
export type LaunchPlan = NpmPlan | CommandPlan | RemotePlan;

/**
 * The plan in one line, as shown to people and recorded with the enumeration: `npm:name@1.2.3` with its arguments, the command line or the URL.
 * The text of what was looked at last is compared with it.
 */
export function launchText(plan: LaunchPlan): string {
  if (plan.kind === 'command') return plan.argv.join(' ');
  if (plan.kind === 'remote') return plan.url;
  return [`npm:${plan.name}${plan.version ? `@${plan.version}` : ''}`, ...plan.args].join(' ');
}
