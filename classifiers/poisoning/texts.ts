import { type JsonObject, type JsonValue, jsonPointer } from '../../src/model/json.ts';

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

/** One step of a path, linked to the steps above it: most places are never printed. Only the whole definition has nothing above. */
interface Place {
  readonly step: string | number;
  readonly above: Place | undefined;
}

/** A value to be opened. A string among them is its own text: there are many, and nothing is copied for them. */
interface Node extends Text {
  readonly value: JsonValue;
}

/** JSON Pointer of a text. */
export function pointerOf(place: Place): string {
  const path: (string | number)[] = [];
  for (let at = place; at.above; at = at.above) path.push(at.step);
  return jsonPointer(path.reverse());
}

const ROOT: Place = { step: '', above: undefined };

/** Every string of a definition in the order of the document, keys included. An explicit stack: a definition may nest deeper than calls can. */
export function textsOf(definition: JsonObject): Text[] {
  const texts: Text[] = [];
  const open: Node[] = [
    { value: definition, text: '', role: 'other', parameter: '', isSwitch: false, section: '', isAside: false, place: ROOT },
  ];
  for (let node = open.pop(); node; node = open.pop()) {
    const { value } = node;
    if (typeof value === 'string') texts.push(node);
    else if (Array.isArray(value)) openValues(value, node, open);
    else openFields(value as JsonObject, node, open, texts);
  }
  return texts;
}

/** Shorter texts say nothing; characters that are not shown may stand in any. */
const MIN_TEXT = 8;

function isWorthReading(text: string, role: TextRole): boolean {
  return text.length >= MIN_TEXT || (text !== '' && (role === 'name' || role === 'default' || !isPrintable(text)));
}

/** ASCII that is shown. A loop: texts are this short by the dozen. */
function isPrintable(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

function openValues(values: readonly JsonValue[], node: Node, open: Node[]): void {
  const { role, parameter, isSwitch, section, isAside, place } = node;
  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index] ?? null;
    if (!holdsText(value, role)) continue;
    const text = typeof value === 'string' ? value : '';
    open.push({ value, text, role, parameter, isSwitch, section, isAside, place: { step: index, above: place } });
  }
}

function openFields(object: JsonObject, node: Node, open: Node[], texts: Text[]): void {
  const { place, section } = node;
  const isSwitch = object['type'] === 'boolean';
  const isTop = place === ROOT;
  const holdsProperties = place.step === 'properties';
  const keys = Object.keys(object);
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index] ?? '';
    const value = object[key] ?? null;
    const role = typeof value === 'string' || typeof value === 'object' ? roleOf(key, node, isTop) : 'other';
    const isRead = holdsText(value, role);
    const isKeyRead = holdsProperties || (!KNOWN_KEYS.has(key) && isWorthReading(key, 'key'));
    if (!isRead && !isKeyRead) continue;
    const below = { step: key, above: place };
    const parameter = holdsProperties ? key : node.parameter;
    if (isKeyRead) texts.push({ text: key, role: 'key', parameter, isSwitch, section, isAside: true, place: below });
    if (!isRead) continue;
    open.push({
      value,
      text: typeof value === 'string' ? value : '',
      role,
      parameter,
      isSwitch,
      section: isTop ? key : section,
      isAside: key !== 'description' && (!isTop || !DESCRIBED.has(key)),
      place: below,
    });
  }
}

/** Whether there is anything to read in a value. */
function holdsText(value: JsonValue, role: TextRole): boolean {
  return typeof value === 'string' ? isWorthReading(value, role) : typeof value === 'object' && value !== null;
}

/** A tool's own words for itself, and what servers honestly say under other names. */
const DESCRIBED: ReadonlySet<string> = new Set(['name', 'title', 'description']);

function roleOf(key: string, { role, parameter, place }: Node, isTop: boolean): TextRole {
  if (isTop) return key === 'name' || key === 'title' || key === 'description' ? key : 'other';
  if (place.step === 'properties') return 'parameter';
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
