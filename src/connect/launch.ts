import type { Mount } from './sandbox/sandbox.ts';

/** A program that a package installs. */
export interface Program {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
}

/** A launch plan made ready: everything on disk, every path as it is inside the sandbox. */
export interface Launch {
  /** For people: `npm:name@1.2.3` or the command line. */
  readonly text: string;
  /** Program and first arguments; what an attempt adds comes behind. */
  readonly argv: readonly [string, ...string[]];
  /** Further programs of the package, likeliest first. */
  readonly otherPrograms?: readonly Program[];
  readonly cwd: string;
  /** What every start is given; what an attempt adds counts more. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** Host folder of the server's own code: read, as text, for the environment names that it asks for without saying so. */
  readonly codeFolder: string;
  /** Not known to be the server's own: a command line that names no file says nothing of the folder that it is started in. */
  readonly isCodeForeign?: boolean;
}
