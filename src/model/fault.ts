import { z } from 'zod';

/** An expected failure, as a value. A bug is an `Error` and is thrown instead. */
export const Fault = z.object({
  /** Stable and countable, kebab-case: `install-timeout`, `page-loop`. */
  code: z.string(),
  /** What it happened to: a package, a server id, a file. */
  subject: z.string(),
  /** What happened, in one or two sentences a person can act on. */
  message: z.string(),
  /** Whether trying the same again later can succeed. */
  retryable: z.boolean(),
  /** What was seen, for the person who looks into it: the end of stderr, the names asked for. */
  details: z.string().optional(),
});
export type Fault = z.infer<typeof Fault>;

/** Carries a fault out of something that cannot return one, such as a generator that has to stop. */
export class FaultError extends Error {
  override readonly name: string = 'FaultError';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.message, options);
    this.fault = fault;
  }
}

/** Where a fault of a run happened. */
export const Stage = z.enum(['discover', 'identify', 'enumerate', 'classify', 'policy', 'publish']);
export type Stage = z.infer<typeof Stage>;
