import type { ServerContext } from '../src/model/server.ts';
import { phrases } from './phrases.ts';
import { siblingNames } from './sibling-names.ts';

/** What only a hand on a screen does. */
const GESTURES: ReadonlySet<string> = phrases(
  'click, doubleclick, type, hover, fill, press, drag, tap, swipe, scroll, keyboard, mouse, keypress, longpress, key, keys, hotkey',
);
/** One of these alone is something else: a `scroll` of results, a `fill` of a form. */
const MIN_GESTURES = 2;

// Pure memo: the same context gives the same answer, and a server's tools share one context object.
const known = new WeakMap<ServerContext, boolean>();

/** Whether the server's tools work on a browser, a desktop or a phone that stays as a call leaves it: some of them click and type. */
export function worksOnScreen(context: ServerContext): boolean {
  const found = known.get(context) ?? hasGestures(context);
  known.set(context, found);
  return found;
}

function hasGestures(context: ServerContext): boolean {
  const gestures = new Set<string>();
  for (const words of siblingNames(context).values()) for (const word of words) if (GESTURES.has(word)) gestures.add(word);
  return gestures.size >= MIN_GESTURES && POINTING.some((word) => gestures.has(word));
}

/** Keys and typing alone are also those of a store or a terminal. */
const POINTING = ['click', 'doubleclick', 'hover', 'press', 'drag', 'tap', 'swipe', 'mouse'];
