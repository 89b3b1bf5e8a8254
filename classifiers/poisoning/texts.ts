import { type JsonValue, jsonPointer } from '../../src/model/json.ts';

/** What a text is in the definition. A parameter's is any text below a property of a schema. */
export type TextRole = 'name' | 'title' | 'description' | 'key' | 'choice' | 'default' | 'parameter' | 'other';

/** One string of a definition, a key included. */
export interface Text {
  readonly text: string;
  readonly role: TextRole;
  /** Name of the nearest property it stands in; empty outside of properties. */
  readonly parameter: string;
  /** The schema it stands in takes only true or false. */
  readonly isSwitch: boolean;
  /** Key of the definition that it stands below: `inputSchema`. */
  readonly section: string;
  /** It stands where nothing is described: in a value, a comment, an example, an annotation. */
  readonly isAside: boolean;
  readonly place: Place;
}

/** One step of a path, linked to the steps above it: most places are never printed. */
interface Place {
  readonly step: string | number;
  readonly above: Place | undefined;
}

interface Node {
  readonly value: JsonValue;
  readonly role: TextRole;
  readonly parameter: string;
  readonly place: Place | undefined;
  readonly isSwitch: boolean;
  readonly section: string;
  readonly isAside: boolean;
}

/** JSON Pointer of a text. */
export function pointerOf(place: Place | undefined): string {
  const path: (string | number)[] = [];
  for (let at = place; at; at = at.above) path.push(at.step);
  return jsonPointer(path.reverse());
}

/** Every string of a definition in the order of the document, keys included. An explicit stack: a definition may nest deeper than calls can. */

export function textsOf(definition: JsonValue): Text[] {
  const texts: Text[] = [];
  const open: Node[] = [
    { value: definition, role: 'other', parameter: '', place: undefined, isSwitch: false, section: '', isAside: false },
  ];
  for (let node = open.pop(); node; node = open.pop()) {
    const { value, place } = node;
    if (typeof value === 'string') {
      if (place)
        texts.push({
          text: value,
          role: node.role,
          parameter: node.parameter,
          isSwitch: node.isSwitch,
          section: node.section,
          isAside: node.isAside,
          place,
        });
    } else if (typeof value === 'object' && value !== null) openParts(node, open, texts);
  }
  return texts;
}

/** Shorter texts say nothing; characters that are not shown may stand in any. */
const MIN_TEXT = 8;
const NOT_PLAIN = /[^\x20-\x7e]/;

function isWorthReading(text: string, role: TextRole): boolean {
  return text.length >= MIN_TEXT || (text !== '' && (role === 'name' || role === 'default' || NOT_PLAIN.test(text)));
}

function openParts(node: Node, open: Node[], texts: Text[]): void {
  const { value, place } = node;
  if (Array.isArray(value)) {
    for (let index = value.length - 1; index >= 0; index--) {
      const part = value[index] ?? null;
      if (holdsText(part, node.role)) open.push(nodeOf(part, node.role, node, { step: index, above: place }));
    }
    return;
  }
  const object = value as { readonly [key: string]: JsonValue };
  const isSwitch = object['type'] === 'boolean';
  const step = place?.step;
  const holdsProperties = step === 'properties';
  const keys = Object.keys(object);
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index] ?? '';
    const part = object[key] ?? null;
    const role = typeof part === 'string' || typeof part === 'object' ? roleOf(key, node, step) : 'other';
    const isRead = holdsText(part, role);
    const isKeyRead = holdsProperties || (!KNOWN_KEYS.has(key) && isWorthReading(key, 'key'));
    if (!isRead && !isKeyRead) continue;
    const below = { step: key, above: place };
    const parameter = holdsProperties ? key : node.parameter;
    if (isKeyRead) texts.push({ text: key, role: 'key', parameter, isSwitch, section: node.section, isAside: true, place: below });
    if (!isRead) continue;
    open.push({
      value: part,
      role,
      parameter,
      place: below,
      isSwitch,
      section: place ? node.section : key,
      isAside: key !== 'description' && (place !== undefined || !DESCRIBED.has(key)),
    });
  }
}

/** One of the values of a list. */
function nodeOf(value: JsonValue, role: TextRole, { parameter, isSwitch, section, isAside }: Node, place: Place): Node {
  return { value, role, parameter, place, isSwitch, section, isAside };
}

/** Whether there is anything to read in a value. */
function holdsText(value: JsonValue, role: TextRole): boolean {
  return typeof value === 'string' ? isWorthReading(value, role) : typeof value === 'object' && value !== null;
}

/** A tool's own words for itself, and what servers honestly say under other names. */
const DESCRIBED: ReadonlySet<string> = new Set(['name', 'title', 'description']);

function roleOf(key: string, { role, parameter }: Node, step: string | number | undefined): TextRole {
  if (step === undefined) return key === 'name' || key === 'title' || key === 'description' ? key : 'other';
  if (step === 'properties') return 'parameter';
  if (key === 'enum' || key === 'const') return 'choice';
  if (key === 'default') return 'default';
  return parameter === '' ? role : 'parameter';
}

/** Keys of the protocol and of JSON Schema: nothing hides in them. */
const KNOWN_KEYS: ReadonlySet<string> = new Set(
  `name title description inputSchema outputSchema annotations readOnlyHint destructiveHint idempotentHint openWorldHint icons _meta execution
  type properties required items enum const default examples additionalProperties anyOf oneOf allOf not $schema $ref $defs definitions $comment
  format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems propertyNames
  nullable example deprecated readOnly writeOnly if then else src mimeType sizes taskSupport`.split(/\s+/),
);
