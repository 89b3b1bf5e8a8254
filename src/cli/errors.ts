/** 0 done, 1 findings at or above `--fail-on`, 2 bad usage, 3 the run failed. */
export const EXIT = { done: 0, findings: 1, usage: 2, failed: 3 } as const;

/** Ends the command with one line on stderr. The message says what happened, to what, and what to do next. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function usageError(message: string): CliError {
  return new CliError(message, EXIT.usage);
}
