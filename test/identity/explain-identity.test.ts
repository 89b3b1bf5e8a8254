import { expect, it } from 'vitest';
import { identityView } from '../../src/cli/commands/identity.ts';
import { IdentityExplanation } from '../../src/model/identity.ts';
import { entry, explainIdentity, github, hosted, npm, packageDocument, published } from './entries.ts';

const ENTRIES = [
  published('io.github.acme/a', { packages: [npm('a')], repository: github('acme/a'), version: '1.2.0' }),
  packageDocument('a'),
  entry('list', 'x', { name: 'Thing \u001b[31m', repository: github('acme/a') }),
  packageDocument('a-pro', { registryName: { name: 'io.github.acme/a', proven: false }, repository: github('acme/a') }),
  hosted('8', 'evil/a', {
    repository: { url: 'https://github.com/evil/a', id: '8', forkOf: 'https://github.com/acme/a' },
    packages: [npm('a')],
  }),
];

it.each(['npm:a', 'io.github.acme/a', 'repo:github.com/acme/a'])(
  'says which entries make up %s, what joined them, and what nobody confirmed',
  (wanted) => {
    const explanation = IdentityExplanation.parse(explainIdentity(ENTRIES, wanted, { precedence: ['official'] }));
    expect(explanation).toMatchObject({
      server: 'npm:a',
      entries: [
        { source: 'official', id: 'io.github.acme/a', authority: 'publisher', version: '1.2.0' },
        { source: 'npm', id: 'a', authority: 'package' },
        { source: 'list', id: 'x', authority: 'listing' },
      ],
      unconfirmed: [],
      claimedByOthers: [
        { entry: { source: 'github', id: '8' }, key: 'npm:a', server: 'repo:github.com/evil/a' },
        { entry: { source: 'npm', id: 'a-pro' }, key: 'registry:io.github.acme/a', server: 'npm:a-pro' },
      ],
    });
    expect(explanation.joins.map(({ key }) => key).sort()).toStrictEqual(['npm:a', 'repo:github.com/acme/a']);
    expect(explanation.related.map(({ relation }) => relation)).toContain('forked-by');
  },
);

it('says of a copy what it claims in vain', () => {
  const explanation = explainIdentity(ENTRIES, 'npm:a-pro');
  expect(explanation?.unconfirmed).toStrictEqual([
    {
      entry: { source: 'npm', id: 'a-pro' },
      key: 'registry:io.github.acme/a',
      server: 'npm:a',
      reason: 'the owner of the name does not list npm:a-pro',
    },
  ]);
});

it('knows no server that nobody lists', () => {
  expect(explainIdentity(ENTRIES, 'npm:unknown')).toBeUndefined();
});

it('is readable, and harmless to print', () => {
  const explanation = explainIdentity(ENTRIES, 'npm:a', { precedence: ['official'] });
  const view = explanation ? identityView({ ...explanation, formerIds: ['starter:a'] }, 200) : '';
  expect(view).toContain('npm:a (io.github.acme/a)');
  expect(view).toContain('Said of it by others, not confirmed');
  expect(view).toContain('Former ids: starter:a');
  expect(view).not.toContain('\u001b');
});
