import { describe, expect, it } from 'vitest';
import { singular } from '../../classifiers/singular.ts';
import { toolNameWords } from '../../classifiers/tool-name.ts';
import { identifierWords } from '../../classifiers/words.ts';

describe('identifierWords', () => {
  it.each([
    ['getHTTPResponse', 'get http response'],
    ['kv_get', 'kv get'],
    ['policies.update', 'policies update'],
    ['list-DNSRecords', 'list dns records'],
    ['hosting_clearNode_jsRuntimeLogsV1', 'hosting clear node js runtime logs v1'],
    ['power-on-droplet', 'poweron droplet'],
    ['__proto__', 'proto'],
    ['', ''],
  ])('splits %s', (identifier, words) => {
    expect(identifierWords(identifier).join(' ')).toBe(words);
  });
});

describe('singular', () => {
  it.each([
    ['policies', 'policy'],
    ['boxes', 'box'],
    ['ids', 'id'],
    ['access', 'access'],
    ['status', 'status'],
    ['key', 'key'],
  ])('%s → %s', (plural, word) => {
    expect(singular(plural)).toBe(word);
  });
});

describe('toolNameWords', () => {
  const names = ['acme_get_page', 'acme_list_pages', 'acme_update_page', 'acme_delete_page'];

  it.each<[string, string, string[], string]>([
    ['what all names share', 'Server', names, 'get page'],
    ['the server’s own name', 'acme-mcp', [], 'get page'],
    ['nothing of a few names', 'Server', names.slice(0, 2), 'acme get page'],
  ])('leaves out %s', (_what, name, toolNames, words) => {
    expect(toolNameWords('acme_get_page', { name, toolNames }).join(' ')).toBe(words);
  });

  it('keeps a verb that all names begin with', () => {
    const toolNames = ['get_a', 'get_b', 'get_c', 'get_d'];
    expect(toolNameWords('get_a', { name: 'Get Things', toolNames })).toEqual(['get', 'a']);
  });

  it('keeps a name that is only the product', () => {
    expect(toolNameWords('acme', { name: 'acme', toolNames: [] })).toEqual(['acme']);
  });
});
