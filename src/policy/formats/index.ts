import type { PolicyFormat } from './policy-format.ts';

/** A form that can be asked for; loaded when it is, because some bring a parser along. */
export interface ListedFormat {
  /** As in `--format`, and as in the format itself. */
  readonly id: string;
  load(): Promise<PolicyFormat>;
}

/** Every form, in the order that help and documents show. */
export const POLICY_FORMATS: readonly ListedFormat[] = [
  { id: 'json', load: async () => (await import('./json.ts')).json },
  { id: 'assay', load: async () => (await import('./assay.ts')).assay },
];
