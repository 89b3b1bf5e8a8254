import type { Consumer } from './consumer.ts';

interface Toolset {
  readonly default_config: { readonly enabled: boolean };
  readonly configs: Readonly<Record<string, { readonly enabled: boolean }>>;
}

/** A stand-in: what the documentation says of a toolset. */
export function connector(): Consumer {
  let toolset: Toolset = { default_config: { enabled: false }, configs: {} };
  return {
    load(text) {
      toolset = JSON.parse(text);
      return undefined;
    },
    decide({ tool }) {
      const own = Object.hasOwn(toolset.configs, tool) ? toolset.configs[tool] : undefined;
      return (own ?? toolset.default_config).enabled ? 'allow' : 'deny';
    },
  };
}
