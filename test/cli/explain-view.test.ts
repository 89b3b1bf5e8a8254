import { describe, expect, it } from 'vitest';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import { explainServer } from '../../classifiers/explain/explain-server.ts';
import { explainServerView, explainToolView } from '../../src/cli/explain-view.ts';
import { nearNames } from '../../src/cli/near-names.ts';
import { paragraph } from '../../src/cli/paragraph.ts';
import type { Finding } from '../../src/model/classification.ts';
import type { ToolDefinition } from '../../src/model/tool.ts';

function explained(definitions: readonly ToolDefinition[], findings: readonly Finding[] = []) {
  const context = { name: 'Example', toolNames: definitions.map(({ name }) => name) };
  const tools = definitions.map((definition) => ({ definition, classification: classifyTool(definition, context) }));
  return explainServer({ name: 'Example', target: 'npm:example', tools, findings, stale: new Set() });
}

const LIST = { name: 'list_users', description: 'Lists users.' };
const HOSTILE = { name: 'delete_user\u001b[2J', description: 'Deletes a user.\u001b[31m\n::error::forged\u202e' };

describe('explanations for people', () => {
  it('show a server with its grade, its findings and its tools by access', () => {
    const finding: Finding = {
      kind: 'toxic-combination',
      severity: 'high',
      technique: 'lethal-trifecta',
      message: 'Reads private data and sends.',
      evidence: [{ by: 'egress', at: '/name', excerpt: 'send_mail', tool: 'send_mail' }],
      since: '2026-01-02T03:04:05.000Z',
    };
    const view = explainServerView(explained([LIST, { name: 'delete_user', description: 'Deletes a user.' }], [finding]), 100);
    expect(view).toMatch(/^Example \(npm:example\): grade [EF], \d+ of 100$/m);
    expect(view).toMatch(/^ {2}Exposure: 0\.7 · \d+ \+ 0\.3 · [\d.]+ = [\d.]+$/m);
    expect(view).toContain('  - high: Reads private data and sends. Since 2026-01-02. [toxic-combination, lethal-trifecta]');
    expect(view).toContain('the name of send_mail: “send_mail” (egress)');
    expect(view).toMatch(/^Admin: 1 of 2 tools\n.*\ndelete_user +Destructive +\d+ +the name: “delete_user” \(destroying-verb\)$/m);
    expect(view.indexOf('Admin: 1')).toBeLessThan(view.indexOf('Read: 1'));
  });

  it('show a tool with every reason and its place', () => {
    const view = explainToolView(explained([LIST]), 100);
    expect(view).toMatch(/^list_users, a tool of Example$/m);
    expect(view).toMatch(/^Why\n {2}- A verb that only looks, .*\n(.*\n)* {6}the name: “list_users”$/m);
    expect(view).toMatch(/^Score\n {2}Read begins at 5 /m);
  });

  it('print nothing that a server could control a terminal or a log with', () => {
    const explanation = explained([HOSTILE]);
    for (const view of [explainServerView(explanation, 80), explainToolView(explanation, 80)]) {
      expect(view.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(view).not.toMatch(/^::error::/m);
    }
  });

  it('keep to the width', () => {
    const lines = explainToolView(explained([{ name: 'update_thing', description: 'Updates a thing. '.repeat(50) }]), 60).split('\n');
    expect(lines.every((line) => line.length <= 60)).toBe(true);
  });
});

describe('a paragraph', () => {
  it.each([
    ['short', 'short', ''],
    ['aaaa bbbb', 'aaaa bbbb', ''],
    [`${'a'.repeat(39)} bb`, `- ${'a'.repeat(39)}\n  bb`, '- '],
    ['x'.repeat(60), 'x'.repeat(60), ''],
    ['', '', ''],
    ['a\nb', 'a\\u000ab', ''],
  ])('of %j', (text, expected, lead) => {
    expect(paragraph(text, 40, lead)).toBe(expected);
  });
});

describe('names that were meant', () => {
  const names = ['git_fetch', 'git_push', 'git_stash', 'create_issue', 'list_issues'];
  it.each([
    ['git_fetsh', ['git_fetch']],
    ['GIT_PUSH', ['git_push']],
    ['issue', ['create_issue', 'list_issues']],
    ['zebra', []],
    ['', []],
  ])('by %j', (wanted, expected) => {
    expect(nearNames(wanted, names)).toEqual(expected);
  });
});
