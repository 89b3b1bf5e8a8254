type Callback = (...args: unknown[]) => unknown;

/** They wait for something to happen, and nothing ever does. */
const LISTENING = new Set<PropertyKey>([
  'on',
  'once',
  'off',
  'addListener',
  'prependListener',
  'removeListener',
  'addEventListener',
  'subscribe',
]);

/**
 * Something that takes everything, agrees to everything and does nothing.
 *
 * @param callsBack - Whether a function given last is called when the caller is done, as by what has succeeded: a server that waits for its database to
 *   open would otherwise wait for ever.
 */
function inert(callsBack = false): unknown {
  const kept = new Map<PropertyKey, unknown>();
  // Callable and constructible, for both are done to it.
  class Target {}
  const called = (args: readonly unknown[]): unknown => {
    const last = args.at(-1);
    if (callsBack && typeof last === 'function') setImmediate(() => Reflect.apply(last as Callback, stub, [null, stub]));
    return stub;
  };
  const stub: unknown = new Proxy(Target, {
    get: (_, key) => (kept.has(key) ? kept.get(key) : memberOf(key)),
    set: (_, key, value) => Boolean(kept.set(key, value)),
    has: (_, key) => kept.has(key),
    apply: (_, __, args) => called(args),
    construct: (_, args) => called(args) as object,
    getPrototypeOf: () => Function.prototype,
  });
  const memberOf = (key: PropertyKey): unknown => {
    if (key === Symbol.toPrimitive) return () => '';
    if (key === Symbol.iterator) return [][Symbol.iterator].bind([]);
    // A promise of it is kept with itself.
    if (key === 'then' || typeof key === 'symbol') return undefined;
    if (key === 'prototype') return Target.prototype;
    return LISTENING.has(key) ? () => stub : stub;
  };
  return stub;
}

module.exports = { inert };
