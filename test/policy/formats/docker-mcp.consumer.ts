import { parse } from 'yaml';
import type { Consumer } from './consumer.ts';

/** A stand-in: what the gateway's source says of `--tools` (pkg/gateway/capabilitites.go). Names are compared without regard to case in older versions. */
export function dockerGateway(): Consumer {
  let enabled: readonly string[] = [];
  let isRunning = true;
  return {
    load(text) {
      const { gateway } = (parse(text) as { services: { gateway: { command: string[]; scale?: number } } }).services;
      enabled = gateway.command.flatMap((option) => option.replace('--tools=', '').split(','));
      isRunning = gateway.scale !== 0;
      return undefined;
    },
    decide({ tool }) {
      if (!isRunning) return 'deny';
      const isEnabled = enabled.length === 0 || enabled.some((name) => ['*', 'server:*', tool, `server:${tool}`].includes(name));
      return isEnabled ? 'allow' : 'deny';
    },
  };
}
