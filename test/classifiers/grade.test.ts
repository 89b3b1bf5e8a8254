import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRADES, gradeOf } from '../../classifiers/grade.ts';
import { SCORE_RANGE } from '../../classifiers/score.ts';
import { Finding, Severity } from '../../src/model/classification.ts';
import { Grade, ServerGrade } from '../../src/model/grade.ts';

const tool = (score: number, name = `t${score}`) => ({ name, score });
const finding = (severity: Severity, kind: Finding['kind'] = 'contradicted-annotation'): Finding => {
  return { kind, severity, technique: 't', message: 'm', evidence: [] };
};

const anyTool = fc.record({ name: fc.string(), score: fc.integer({ min: 0, max: 100 }) });
const anyFinding = fc
  .tuple(fc.constantFrom(...Severity.options), fc.constantFrom(...Finding.shape.kind.options))
  .map(([severity, kind]) => finding(severity, kind));
const anyTools = fc.array(anyTool, { minLength: 1, maxLength: 40 });
const anyFindings = fc.array(anyFinding, { maxLength: 10 });
const scoreOf = (...given: Parameters<typeof gradeOf>) => gradeOf(...given)?.score ?? -1;

describe('the grade of a server', () => {
  it.each<[string, Parameters<typeof gradeOf>, Partial<ServerGrade> | undefined]>([
    ['there is none without tools', [[], [finding('high')]], undefined],
    ['only harmless reading is A', [[tool(5), tool(11)], []], { grade: 'A', score: 8 }],
    ['one bounded change is B', [[tool(5), tool(30)], []], { grade: 'B', score: 22 }],
    ['anything that destroys or pays is at least D', [[tool(SCORE_RANGE.Destructive[0])], []], { grade: 'D', score: 56 }],
    ['a finding takes its share of the room left', [[tool(75)], [finding('high')]], { grade: 'E', score: 78 }],
    ['a critical finding of poisoning is F', [[tool(5)], [finding('critical', 'poisoning')]], { grade: 'F', score: 91 }],
    ['a critical finding of another kind is not by itself', [[tool(5)], [finding('critical')]], { grade: 'E', score: 81 }],
    ['many tools that destroy are E', [Array.from({ length: 30 }, () => tool(80)), []], { grade: 'E', score: 86 }],
  ])('%s', (_, given, expected) => {
    const grade = gradeOf(...given);
    if (expected) expect(grade).toMatchObject(expected);
    else expect(grade).toBeUndefined();
  });

  it('says what it is made of', () => {
    expect(gradeOf([tool(75, 'drop'), tool(30, 'add')], [finding('low'), finding('high'), finding('low')])?.parts).toEqual({
      worst: { tool: 'drop', score: 75 },
      breadth: 12.8,
      exposure: 56.3,
      findings: [
        { severity: 'high', count: 1 },
        { severity: 'low', count: 2 },
      ],
    });
  });

  it('names every grade, up to 100', () => {
    expect(GRADES.map(([grade]) => grade)).toEqual(Grade.options);
    expect(GRADES.at(-1)?.[1]).toBe(100);
  });

  it('is what the model describes, and does not depend on the order of tools and findings', () => {
    fc.assert(
      fc.property(anyTools, anyFindings, (tools, findings) => {
        const grade = gradeOf(tools, findings);
        expect(ServerGrade.parse(grade)).toEqual(grade);
        expect(gradeOf([...tools].reverse(), [...findings].reverse())).toEqual(grade);
      }),
    );
  });

  it('never becomes better by another tool, a worse tool or another finding', () => {
    fc.assert(
      fc.property(anyTools, anyFindings, anyTool, anyFinding, (tools, findings, more, wrong) => {
        const before = scoreOf(tools, findings);
        expect(scoreOf([...tools, more], findings)).toBeGreaterThanOrEqual(before);
        expect(scoreOf(tools, [...findings, wrong])).toBeGreaterThanOrEqual(before);
        const [first, ...others] = tools;
        const worse = { ...more, score: Math.max(more.score, first?.score ?? 0) };
        expect(scoreOf([worse, ...others], findings)).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
