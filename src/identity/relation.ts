/** Two sets that are related, the first to the second. */
interface Relation {
  readonly a: number;
  readonly b: number;
  readonly relation: 'fork-of' | 'maybe-same';
  readonly confidence: number;
  readonly reason: string;
}

export type Relate = (relation: Relation) => void;
