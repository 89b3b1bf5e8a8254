import { configurationBlocks } from './configuration-blocks.ts';
import { type Rung, vendorOf } from './rung.ts';

/**
 * Its README shows how clients start it. Each block is tried once, over the variables that its output asked for until now; what a start with a block
 * asks for in turn is the other rungs' business.
 */
export const readme: Rung = {
  id: 'readme',
  async next({ launch, start, texts, isTried }) {
    const blocks = configurationBlocks(await texts.readme(), await texts.names(), vendorOf(launch));
    const changes = blocks.map(({ args, env }) => ({ ...start, args: withoutRepeats(args, launch.argv), env: { ...start.env, ...env } }));
    return changes.find((change) => !isTried(change));
  },
};

/** What the launch gives already is not given twice. */
function withoutRepeats(args: readonly string[], argv: readonly string[]): string[] {
  return args.filter((arg) => !argv.includes(arg));
}
