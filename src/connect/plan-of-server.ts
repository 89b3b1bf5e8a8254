import type { Fault } from '../model/fault.ts';
import type { Server } from '../model/server.ts';
import type { LaunchPlan } from './launch-plan.ts';

/** How to start a catalogued server, or why it cannot be started. */
export function planOfServer(server: Server): { readonly plan: LaunchPlan } | { readonly fault: Fault } {
  const npm = server.packages.find(({ registryType }) => registryType === 'npm');
  if (npm) return { plan: { kind: 'npm', name: npm.identifier, version: npm.version, args: [] } };
  const offers = [
    ...server.packages.map(({ registryType }) => `${registryType} package`),
    ...server.remotes.map(({ type }) => `${type} remote`),
  ];
  return {
    fault: {
      code: 'no-launch-plan',
      subject: server.id,
      message: `Only npm packages can be started so far; this server offers ${offers.join(', ') || 'neither a package nor a remote'}.`,
      retryable: false,
    },
  };
}
