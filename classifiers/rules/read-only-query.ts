import type { Act } from '../act.ts';
import { codeParameters } from '../code-parameter.ts';
import { phrases } from '../phrases.ts';
import { queryParameters, readingLimit } from '../query-parameter.ts';
import { CHANGING, type Rule, weigh } from '../rule.ts';

export const readOnlyQuery: Rule = {
  id: 'read-only-query',
  category: 'Read',
  finds: 'a query or command argument that the definition limits to reading',
  why: 'A read-only transaction, SELECT only or a language without changes cannot change anything, whatever is asked.',
  detect(parsed) {
    if (codeParameters(parsed).length + queryParameters(parsed).length === 0) return [];
    const mention = readingLimit(parsed);
    if (!mention || parsed.acts.some(changes)) return [];
    const against = CHANGING.slice(0, 2).map((category) => weigh(readOnlyQuery, mention, -2.5, category));
    return [weigh(readOnlyQuery, mention, 2.5), ...against];
  },
};

/** `Write clauses are refused` changes nothing. */
function changes(act: Act): boolean {
  return (act.sense === 'write' || act.sense === 'destroy') && !act.objects.some(([first = '']) => STATEMENTS.has(first));
}

const STATEMENTS: ReadonlySet<string> = phrases('clause, query, statement, operation, command');
