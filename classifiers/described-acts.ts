import type { Act } from './act.ts';
import { phrases } from './phrases.ts';
import { isAside, isPraise, sentencesIn } from './sentence.ts';
import { actAt, actsIn } from './sentence-acts.ts';
import { verbOf } from './vocabulary.ts';
import type { Word } from './words.ts';

/** What a tool does stands at the beginning; further down it is told when to use which other tool. */
const MAX_CHARS = 2000;
const MAX_SENTENCES = 8;

const LEAD = 3;
const LATER_SENTENCE = 2;
/** A later sentence where the name already says what is done: it is more often advice than news. */
const AFTERTHOUGHT = 1.2;
const PURPOSE = 2;

/** What a description says the tool does: its leading verb, the verbs joined to that, or failing those its purpose (`… to delete …`). */
export function describedActs(description: string, isNamed: boolean): Act[] {
  const text = description.slice(0, MAX_CHARS);
  const from = headingLength(text);
  const found: Act[] = [];
  let sentences = 0;
  for (const sentence of tellingFirst(sentencesIn(text, from))) {
    sentences++;
    const request = requestIn(sentence, text);
    if (request) found.push(request);
    else found.push(...actsIn(sentence, text, sentences === 1 ? LEAD : isNamed ? AFTERTHOUGHT : LATER_SENTENCE));
    if (sentences === MAX_SENTENCES || found.some((act) => act.from === 'lead' && !act.vague)) break;
  }
  const lists = (text.includes(':') || text.includes('：')) && LISTING.test(text);
  return lists ? [...found, ...listedActs(text, from)] : found;
}

/** `Notion | Query a database`, `Designer Tool - Get …`: the product's name before the sentence. */
const HEADING = /^[^\n.,:;|–—]{1,40} [|–—-] /;

function headingLength(text: string): number {
  const heading = HEADING.exec(text)?.[0].length ?? 0;
  if (heading === 0) return 0;
  const [first] = sentencesIn(text, 0);
  return first?.[0]?.verb ? 0 : heading;
}

/** What the tool does before praise of it and advice on its use; all in its order where nothing tells what it does. */
function* tellingFirst(sentences: Iterable<readonly Word[]>): Generator<readonly Word[]> {
  const waiting: (readonly Word[])[] = [];
  const praised: (readonly Word[])[] = [];
  const asides: (readonly Word[])[] = [];
  let told = false;
  for (const sentence of sentences) {
    if (isAside(sentence)) asides.push(sentence);
    else if (isPraise(sentence)) (told ? praised : waiting).push(sentence);
    else if (told) yield sentence;
    else {
      waiting.push(sentence);
      told = sentence[0]?.verb !== undefined;
      if (!told) continue;
      for (const early of waiting.splice(0)) {
        if (isPraise(early)) praised.push(early);
        else yield early;
      }
    }
  }
  yield* waiting;
  yield* praised;
  yield* asides;
}

/** A line or sentence that opens with a word in lower case and a colon. */
const LISTING = /(?:[\n!?]|\.\s)[^A-Za-z0-9]{0,12}[a-z]{2,40}[^A-Za-z0-9.,;:!?()/&\n]{0,6}[:：]/;

function listedActs(text: string, from: number): Act[] {
  const [, ...later] = sentencesIn(text, from);
  return later.flatMap((sentence) => listedAct(sentence, text));
}

/** `"cancel": "https://…"` in an example answer is a member, not an action. */
const JSON_VALUE = /^"\s?:\s{0,4}["{[\d]/;

/** `- delete: Delete a board`: actions listed in the text, one a line, in lower case as they are given. */
function listedAct(sentence: readonly Word[], text: string): Act[] {
  const word = sentence[0]?.text ?? '';
  const verb = sentence[0]?.verb;
  const start = sentence[0]?.start ?? 0;
  const after = start + word.length;
  const asWritten = text.startsWith(word, start) && !JSON_VALUE.test(text.slice(after, after + 8));
  const listed = asWritten && sentence[1]?.text === ':' && verb?.base === word && (!verb.noun || LISTED_NOUNS.has(word));
  return listed ? [actAt(sentence, 0, verb, text, PURPOSE, 'choice')] : [];
}

const LISTED_NOUNS: ReadonlySet<string> = phrases('list, search');

/** `POST /application.create`: descriptions made from an API's own listing. */
function requestIn(sentence: readonly Word[], text: string): Act | undefined {
  const start = sentence[0]?.start ?? 0;
  const method = METHODS.has(sentence[0]?.text ?? '') ? METHOD.exec(text.slice(start, start + 8))?.[0] : undefined;
  const verb = method && verbOf(HTTP_VERBS.get(method) ?? '');
  return verb
    ? { ...actAt(sentence, 0, verb, text, method === 'POST' ? PURPOSE : LEAD, 'lead'), objects: [], source: '', target: '' }
    : undefined;
}

const METHODS: ReadonlySet<string> = phrases('get, head, post, put, patch, delete');
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE)(?= \/)/;

/** What an HTTP method says: POST is used for everything, so it says least. */
export const HTTP_VERBS: ReadonlyMap<string, string> = new Map([
  ['GET', 'get'],
  ['HEAD', 'get'],
  ['POST', 'submit'],
  ['PUT', 'update'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
]);
