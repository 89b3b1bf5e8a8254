/** Thrown where the program would throw or exit, and where a bound is reached. Never leaves this folder. */
export class Stop {
  readonly cause: 'thrown' | 'exit' | 'bound';

  constructor(cause: Stop['cause']) {
    this.cause = cause;
  }
}
