import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Arguments of node itself. */
  readonly nodeArgs?: readonly string[];
  /** Closes the reading end of stdout at once, as `head` does. */
  readonly closeStdout?: boolean;
  /** Sees the process as it runs, and what it has written to stderr so far. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

/** Runs the built command as a user would. `npm test` builds it first. */
export function assay(
  args: readonly string[],
  { cwd, env = {}, input = '', nodeArgs = [], closeStdout, onStderr }: RunOptions,
): Promise<Ran> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [...nodeArgs, MAIN, ...args], { cwd, env: { ...inherited, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  if (closeStdout) child.stdout.destroy();
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    onStderr?.(stderr, child);
  });
  // A command that does not read its input closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
