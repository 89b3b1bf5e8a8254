import { demandingLines, withoutUsage } from './asked.ts';
import { dummyFor } from './dummies.ts';

/** Subcommands that start a server over stdio, likeliest first. */
const SUBCOMMANDS = ['stdio', 'mcp', 'serve', 'start', 'run', 'server'];
const CREDENTIAL_FLAG =
  /(?<![\w[-])--((?:[a-z][a-z0-9]*-)*(?:token|key|secret|password|id|url|host|email|user|username|account|org|organization|project))(?![\w-])(=?)/g;
const USAGE = /\busage\b|\bcommands?\b|\bexpected\b|\bavailable\b/i;
const USAGE_LINE = /^\s*usage:?\s+\S/i;
const COMMANDS_HEADING = /^\s*(?:available |sub)?commands?:\s*$/i;
const HTTP_MODE = /\bhttp (?:mode|server)\b|\blistening (?:on|at)\b|\b(?:running|started) (?:on|at) (?:port|http)/i;
const MISSING_ARGUMENT = /\bmissing (?:required )?(?:argument|parameter)s?:?\s+['"`<[]?([a-z][\w-]*)/i;
const POSITIONAL = /(?<!--[\w-]+[ =])[<[]([a-z][\w -]{0,40}?)(?:\.\.\.)?[>\]]/gi;
const NOT_POSITIONAL = /^(?:options?|flags?|commands?|args?|arguments?|subcommand|stdio|mcp|serve|start|run|server)\b/i;

/**
 * Arguments that a server's output asks for, one step at a time: a credential that only a flag takes, the subcommand that serves, stdio
 * where it serves HTTP unasked, a positional argument.
 *
 * @param args - What it was started with when it wrote `text`.
 * @param vendor - As for {@link dummyFor}.
 * @returns What to add behind `args`; empty when it asks for nothing new.
 */
export function askedArguments(text: string, args: readonly string[], vendor = ''): string[] {
  const lines = demandingLines(text);
  return firstAsked([
    () => flags([...withoutUsage(lines), ...lines.filter((line) => USAGE_LINE.test(line))], args, vendor),
    () => subcommand(lines, args),
    () => stdioFlag(lines, args),
    () => positional(lines, args, vendor),
  ]);
}

function firstAsked(readers: readonly (() => string[])[]): string[] {
  for (const read of readers) {
    const added = read();
    if (added.length > 0) return added;
  }
  return [];
}

function flags(lines: readonly string[], args: readonly string[], vendor: string): string[] {
  const added = new Map<string, string[]>();
  for (const line of lines) {
    for (const [, name = '', equals] of line.matchAll(CREDENTIAL_FLAG)) {
      const flag = `--${name}`;
      const value = dummyFor(name.toUpperCase().replaceAll('-', '_'), vendor);
      if (args.some((arg) => arg === flag || arg.startsWith(`${flag}=`)) || added.has(flag)) continue;
      added.set(flag, equals ? [`${flag}=${value}`] : [flag, value]);
    }
  }
  return [...added.values()].flat();
}

function subcommand(lines: readonly string[], args: readonly string[]): string[] {
  if (args.some((arg) => SUBCOMMANDS.includes(arg))) return [];
  const words = new Set(commandWords(lines));
  const command = SUBCOMMANDS.find((word) => words.has(word));
  return command ? [command] : [];
}

/** Words in the place of a command: quoted, in brackets or between bars on a line about usage, or first on a line below "Commands:". */
function commandWords(lines: readonly string[]): string[] {
  const words: string[] = [];
  let isBelowHeading = false;
  for (const line of lines) {
    if (isBelowHeading) words.push(...(/^\s+([a-z]+)/.exec(line)?.slice(1) ?? []));
    if (COMMANDS_HEADING.test(line)) isBelowHeading = true;
    else if (!/^\s/.test(line)) isBelowHeading = false;
    if (USAGE.test(line))
      words.push(
        ...[
          ...line.matchAll(/(?<=['"`<[|]\s{0,3}|\bUsage:\s{1,4}(?:npx |node )?\S{1,80}\s{1,4})([a-z]+)(?=\s*(?:['"`>\]|]|$|\s[<[]))/gi),
        ].map(([word]) => word),
      );
  }
  return words;
}

function stdioFlag(lines: readonly string[], args: readonly string[]): string[] {
  if (args.includes('--stdio') || args.includes('stdio')) return [];
  return lines.some((line) => /--stdio\b/.test(line) || HTTP_MODE.test(line)) ? ['--stdio'] : [];
}

function positional(lines: readonly string[], args: readonly string[], vendor: string): string[] {
  const names = lines.flatMap((line) => {
    const missing = MISSING_ARGUMENT.exec(line)?.[1];
    if (missing) return [missing];
    if (!/\busage\b/i.test(line)) return [];
    return [...line.matchAll(POSITIONAL)].flatMap(([, name = '']) => (NOT_POSITIONAL.test(name) ? [] : [name]));
  });
  const values = names.map((name) => dummyFor(name.toUpperCase().replaceAll(/[ -]/g, '_'), vendor));
  return values.some((value) => args.includes(value)) ? [] : values.slice(0, 1);
}
