/** Fires on the first Ctrl-C or termination request; the second one ends the process at once, as without us. */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new DOMException(`stopped by ${name}`, 'AbortError')));
  }
  return controller.signal;
}
