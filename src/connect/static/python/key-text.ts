import { textOfValue, type Value } from './value.ts';

/** Under which a value is kept in a dict: numbers and members by their text, which is enough to find them again. */
export function keyText(value: Value): string | undefined {
  const text = textOfValue(value);
  if (text !== undefined) return text;
  if (value.kind === 'const') return String(value.value);
  if (value.kind === 'member') return `${value.of.name}.${value.name}`;
  return value.kind === 'class' || value.kind === 'function' ? value.name : undefined;
}
