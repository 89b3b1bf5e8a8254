import type { AccessPolicy } from '../../model/access-policy.ts';

/** Something that a form cannot say, and what stands there instead: always the safer. */
export interface Note {
  /** Absent where it is about the whole policy. */
  readonly tool?: string;
  readonly message: string;
}

/** What is wrong with a file, where, and what to do about it. */
export interface Problem {
  /** A JSON Pointer, or `line 3`. */
  readonly at: string;
  readonly message: string;
}

export interface Lowered {
  readonly policy: AccessPolicy;
  readonly notes: readonly Note[];
}

/** One form in which an enforcement point takes a policy. Pure. */
export interface PolicyFormat {
  /** As in `--format`. */
  readonly id: string;
  readonly title: string;
  /** Where its users keep it: `.claude/settings.json`. */
  readonly fileName: string;
  /** Where the form is described; looked up when the format was written. */
  readonly documentation: string;
  /** What the tests give the file to: its version and whether it decides, has a schema, or only reads; absent where nobody but us checked it. */
  readonly verifiedBy?: { readonly consumer: string; readonly version: string; readonly how: 'engine' | 'schema' | 'parser' };
  /**
   * The policy as this form can say it. What it cannot say becomes stricter: `hide` → `deny`, a limit or a condition → `approve` where there is such a
   * thing, else `deny`. Never looser, for any call.
   */
  lower(policy: AccessPolicy): Lowered;
  /**
   * The file for a policy that {@link PolicyFormat.lower} gave. The same bytes for the same policy. Comments say why, where the form has them, and hold
   * nothing that a server wrote.
   */
  write(lowered: Lowered): string;
  /** What is wrong with a file of this form; empty when its consumer would take it and nothing in it is ambiguous. */
  check(text: string): readonly Problem[];
}
