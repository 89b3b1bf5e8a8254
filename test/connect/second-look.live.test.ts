import { expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import { scan } from '../../src/pipeline/scan.ts';
import { STRONGEST } from './rungs.ts';
import { zooContext, zooPlan } from './zoo-look.ts';

const CASES = [
  { server: 'works.js', look: { added: [], removed: [], changed: [] } },
  { server: 'cloaks.js', look: { cause: 'client', added: [], removed: [], changed: ['get_note'] } },
  { server: 'changes-always.js', look: { cause: 'unstable', added: [], removed: [], changed: ['get_note'] } },
] as const;

it.each(CASES)('$server, looked at a second time as another client', async ({ server, look }) => {
  const { context, close } = await zooContext(STRONGEST);
  try {
    const enumeration = await enumerate(zooPlan(server, 'second'), { ...context, secondClient: 'claude-ai' });
    expect(enumeration).toMatchObject({ status: 'complete', secondLook: { client: 'claude-ai', status: 'complete' } });
    expect('secondLook' in enumeration && enumeration.secondLook).toEqual({ client: 'claude-ai', status: 'complete', ...look });
    expect(enumeration.attempts).toHaveLength(1);
  } finally {
    close();
  }
});

it('a difference is a finding of the server, and without a second look there is none', async () => {
  const { context, close } = await zooContext(STRONGEST);
  const noCorrections = async () => new Map();
  try {
    const seen = await scan(zooPlan('cloaks.js', 'second'), { ...context, secondClient: 'claude-ai' }, noCorrections);
    expect(seen.server.findings).toMatchObject([{ kind: 'cloaking', technique: 'client-dependent-definitions', severity: 'high' }]);
    const unseen = await scan(zooPlan('cloaks.js', 'second'), context, noCorrections);
    expect(unseen.server.findings).toEqual([]);
    expect(unseen.enumeration).not.toHaveProperty('secondLook');
  } finally {
    close();
  }
});
