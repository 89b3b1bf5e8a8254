import type { JsonObject, JsonValue } from '../../src/model/json.ts';
import type { ServerContext } from '../../src/model/server.ts';
import { plainText } from './plain-text.ts';
import { scan } from './stems.ts';
import type { Text } from './texts.ts';

/** A definition as a whole: what its texts are judged against. */
export interface Subject {
  readonly name: string;
  readonly context: ServerContext;
  readonly texts: readonly Text[];
  /** Names of all properties of its schemas, plain. */
  readonly parameters: ReadonlySet<string>;
  /** Concepts of each of those names. */
  readonly asked: ReadonlyMap<string, number>;
  /** What the tool says it is for, plain: its name in words, its title and the opening of its description. */
  readonly purpose: string;
  /** Concepts of its purpose. */
  readonly about: number;
}

export function subjectOf(definition: JsonObject, context: ServerContext, texts: readonly Text[]): Subject {
  let parameters: ReadonlySet<string> | undefined;
  let asked: ReadonlyMap<string, number> | undefined;
  let purpose: string | undefined;
  let about: number | undefined;
  const name = textAt(definition, 'name');
  return {
    name,
    context,
    texts,
    get parameters() {
      parameters ??= new Set(
        texts.filter(({ text, role }) => role === 'key' && text.length < MAX_NAME).map(({ text }) => text.toLowerCase()),
      );
      return parameters;
    },
    get asked() {
      asked ??= new Map([...this.parameters].map((parameter) => [parameter, aboutOf(parameter)]));
      return asked;
    },
    get purpose() {
      purpose ??= purposeOf(name, textAt(definition, 'title'), textAt(definition, 'description'));
      return purpose;
    },
    get about() {
      about ??= aboutOf(this.purpose);
      return about;
    },
  };
}

/** Longer keys are no names of parameters. */
const MAX_NAME = 80;

/** The server as a subject: what it says of itself belongs to no tool. */
export function serverSubject(context: ServerContext): Subject {
  return { name: '', context, texts: [], parameters: new Set(), asked: new Map(), purpose: plainText(context.name), about: 0 };
}

/** Long enough for any opening sentence. */
const MAX_OPENING = 240;

const OPENING_END = /[.!?](?:\s|$)|[\n。！？।؟]/;

function purposeOf(name: string, title: string, description: string): string {
  const start = description.slice(0, MAX_OPENING);
  const end = start.search(OPENING_END);
  const opening = end < 0 ? start : start.slice(0, end);
  return plainText(`${inWords(name.slice(0, MAX_OPENING))} ${title.length < 60 ? title : ''} ${opening}`);
}

/** Concepts of a text. */
export function aboutOf(text: string): number {
  return scan(plainText(inWords(text))).sentences.reduce((about, { concepts }) => about | concepts, 0);
}

/** `getHTTPResponse_v2` as words. */
export function inWords(identifier: string): string {
  return identifier.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_.:/-]+/g, ' ');
}

function textAt(object: JsonObject, key: string): string {
  const value: JsonValue | undefined = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'string' ? value : '';
}
