import { asksForNewerNode } from '../node-version.ts';
import { newestNode } from './newest-node.ts';
import { type Rung, runsOnNode } from './rung.ts';

/** It needs a newer Node than the one that runs us, and this machine has one. */
export const newerRuntime: Rung = {
  id: 'newer-runtime',
  async next(foothold) {
    const { start, tried } = foothold;
    if (!runsOnNode(foothold) || start.aids?.runtime || !asksForNewerNode(tried.text)) return undefined;
    const runtime = await newestNode();
    return runtime === undefined ? undefined : { ...start, aids: { ...start.aids, runtime } };
  },
};
