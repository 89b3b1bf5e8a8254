export type StoreErrorCode =
  | 'database-url-malformed'
  | 'database-unreachable'
  | 'folder-unusable'
  | 'store-locked'
  | 'schema-too-new'
  | 'run-in-progress'
  | 'run-lock-lost'
  | 'query-failed';

/** The store cannot do its work. The message says what happened, to what, and what to do next; it never holds a password. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
