import type { Category } from '../../src/model/classification.ts';

/** What a call of each category does. */
export const CATEGORY_WORDS: { readonly [C in Category]: string } = {
  Read: 'the call returns information and changes nothing',
  Write: 'the call creates or changes something, in a bounded and normally recoverable way',
  Execute:
    'the call runs code, commands or open queries that its arguments supply, hands on to arbitrary other operations, or operates shared infrastructure',
  Permissions: 'the call changes who or what may do what',
  Destructive: 'deleting, destroying or overwriting for good is what the call is for',
  Financial: 'the call moves money or commits to spend it',
};
