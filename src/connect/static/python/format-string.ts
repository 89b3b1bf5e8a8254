import type { SyntaxNode } from '@lezer/common';
import { unescaped } from './literal.ts';
import { expressionsOf, parts, textOf } from './syntax.ts';
import { type Scope, textOfValue, type Value } from './value.ts';

/** The text of an f-string whose every part is known. */
export function formatted(node: SyntaxNode, scope: Scope, evaluated: (part: SyntaxNode) => Value): string | undefined {
  const whole = textOf(scope.file, node);
  const opening = /^[a-z]{1,2}(?:"""|'''|"|')/i.exec(whole)?.[0] ?? '';
  const quotes = opening.replace(/^[a-z]+/i, '').length;
  const isRaw = /^[a-z]?r/i.test(opening);
  const plain = (from: number, to: number) => {
    const text = scope.file.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    return isRaw ? text : unescaped(text);
  };
  let at = node.from + opening.length;
  let text = '';
  for (const replacement of parts(node)) {
    if (replacement.name !== 'FormatReplacement') return undefined;
    const value = replaced(replacement, evaluated);
    if (value === undefined) return undefined;
    text += plain(at, replacement.from) + value;
    at = replacement.to;
  }
  return text + plain(at, node.to - quotes);
}

function replaced(node: SyntaxNode, evaluated: (part: SyntaxNode) => Value): string | undefined {
  const [expression, ...rest] = expressionsOf(node);
  if (!expression || rest.length > 0) return undefined;
  const value = evaluated(expression);
  // An enum's member is shown by its value or by its name, as its class says.
  if (value.kind === 'const' && typeof value.value === 'number') return String(value.value);
  return value.kind === 'const' ? textOfValue(value) : undefined;
}
