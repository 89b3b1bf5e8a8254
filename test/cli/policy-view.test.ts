import { describe, expect, it } from 'vitest';
import { formatList, noteLines, problemLines, safeText } from '../../src/cli/policy-view.ts';
import { assay } from '../../src/policy/formats/assay.ts';
import { json } from '../../src/policy/formats/json.ts';

describe('what is said about a policy', () => {
  it('names what a form cannot say once, with the tools it is about', () => {
    const tools = ['a', 'b', 'c', 'd', 'e', 'f', 'g\u202e'].toReversed();
    const notes = [...tools.map((tool) => ({ tool, message: 'No.' })), { message: 'All.' }];
    expect(noteLines('json', notes)).toBe('assay: json: No. ("g\\u202e", "f", "e", "d", "c" and 2 more)\nassay: json: All.\n');
    expect(noteLines('json', [])).toBe('');
  });

  it('names each problem once, in the order they are met', () => {
    const problems = [
      { at: '/b', message: 'B.' },
      { at: '/a', message: 'A.' },
      { at: '/c', message: 'B.' },
      { at: '', message: 'C.' },
    ];
    expect(problemLines(problems)).toBe('/b: B.\n/a: A.\nC.');
  });

  it('lists the forms with what checks them', () => {
    const verifiedBy = { consumer: 'x', version: '1.2.3', how: 'engine' } as const;
    expect(formatList([json, { ...assay, id: 'longer', verifiedBy }]).split('\n')).toEqual([
      expect.stringMatching(/^json {4}policy\.json {8}.* \[checked by Assay only\]$/),
      expect.stringMatching(/^longer {2}assay-policy\.json {2}.* \[engine of x 1\.2\.3\]$/),
      '',
    ]);
  });

  it('prints JSON escaped, on one line where that is wanted, and other forms as they are', () => {
    expect(safeText('{\n "a": "\u202e"\n}\n', false)).toBe('{\n "a": "\\u202e"\n}\n');
    expect(safeText('{\n "__proto__": 1\n}\n', true)).toBe('{"__proto__":1}\n');
    expect(safeText('a: 1\n', false)).toBe('a: 1\n');
    expect(() => safeText('a: 1\n', true)).toThrow(/--json prints forms that are JSON/);
  });
});
