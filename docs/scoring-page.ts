import { classifyTool } from '../classifiers/classify-tool.ts';
import { gradeArithmetic, scoreArithmetic } from '../classifiers/explain/arithmetic.ts';
import { CATEGORY_WORDS } from '../classifiers/explain/category-words.ts';
import { BREADTH_SHARE, EXPOSURE, FINDING_SHARE, GRADES, gradeOf } from '../classifiers/grade.ts';
import { SCORE_RANGE } from '../classifiers/score.ts';
import { SIGNALS } from '../classifiers/signals/index.ts';
import { Category, CONSEQUENCE_OF, Severity } from '../src/model/classification.ts';
import type { Grade } from '../src/model/grade.ts';
import type { ToolDefinition } from '../src/model/tool.ts';

/** docs/scoring.md: both formulas with the numbers of the code, and examples that the code has worked out. */
export function scoringPage(note: string): string {
  return [
    `# Score and grade\n\n${note}\n`,
    'A **score** says how bad a call of one tool can get, a **grade** what a server as a whole exposes a client to. Both are made of what is in the definitions, by',
    'the formulas below and nothing else. Neither says how sure the classification is (that is its confidence), and no grade says that a server is safe.\n',
    ...toolScore(),
    ...serverGrade(),
    '',
  ].join('\n');
}

function toolScore(): string[] {
  return [
    '## The score of a tool\n',
    'The category gives the range, and each signal takes its share of the room that is left in it:\n',
    '    score = lowest + (highest − lowest) · (1 − (1 − share₁) · (1 − share₂) · …), rounded\n',
    'So one more signal never lowers a score, and no number of signals leaves the range of the category.\n',
    '| category | access | risk | from | to | |\n|---|---|---|---|---|---|',
    ...Category.options.map(categoryRow),
    '\n| signal | share |\n|---|---|',
    ...[...SIGNALS].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).map(({ id, weight }) => `| \`${id}\` | ${weight} |`),
    '\n### An example\n',
    fenced(`${JSON.stringify(CREATE_KEY, null, 2)}`, 'json'),
    '',
    fenced(exampleScore(), 'text'),
    '',
  ];
}

function categoryRow(category: Category): string {
  const { access, risk } = CONSEQUENCE_OF[category];
  const [from, to] = SCORE_RANGE[category];
  return `| ${category} | ${access} | ${risk} | ${from} | ${to} | ${CATEGORY_WORDS[category]} |`;
}

function serverGrade(): string[] {
  const { worst, breadth } = EXPOSURE;
  return [
    '## The grade of a server\n',
    `    breadth  = 100 · (1 − Π over all tools (1 − ${BREADTH_SHARE} · (score / 100)²))`,
    `    exposure = ${worst} · score of the worst tool + ${breadth} · breadth`,
    '    score    = 100 − (100 − exposure) · Π over all findings (1 − share), rounded\n',
    'Breadth and exposure are rounded to one decimal. Breadth is no mean: a mean would let a server look better for every harmless tool that it adds. As it is, another',
    'tool never lowers a score, and neither does a worse tool or another finding. Squares keep many harmless tools from weighing as much as a few that',
    'destroy. A server without tools has no grade.\n',
    'Findings are those of the server, of its tools and of how their definitions changed. Each takes its share of the room left to 100:\n',
    '| severity | share |\n|---|---|',
    ...[...Severity.options].reverse().map((severity) => `| ${severity} | ${FINDING_SHARE[severity]} |`),
    `\nA critical finding of kind \`poisoning\` makes the score at least ${(GRADES.at(-2)?.[1] ?? 0) + 1}: the grade is F.\n`,
    '| grade | score up to | such as |\n|---|---|---|',
    ...GRADES.map(([grade, upTo]) => `| ${grade} | ${upTo} | ${SUCH_AS[grade]} |`),
    '\n### An example\n',
    fenced(exampleGrade(), 'text'),
  ];
}

const SUCH_AS: { readonly [G in Grade]: string } = {
  A: 'only harmless reading',
  B: 'reading of files or private things, a few bounded changes',
  C: 'many changes, or running what arguments say with little else',
  D: 'anything that destroys or pays is at least here',
  E: 'many such tools',
  F: 'such tools with findings, or a poisoned definition',
};

const CREATE_KEY: ToolDefinition = {
  name: 'create_virtual_key',
  description: 'Create a virtual key that stores a provider API key.',
  inputSchema: {
    type: 'object',
    properties: { name: { type: 'string' }, key: { type: 'string', description: 'The actual provider API key to store' } },
  },
};

const GATEWAY: readonly ToolDefinition[] = [
  { name: 'list_virtual_keys', description: 'List the virtual keys of a workspace.', inputSchema: { type: 'object', properties: {} } },
  CREATE_KEY,
  {
    name: 'delete_virtual_key',
    description: 'Delete a virtual key for good.',
    inputSchema: { type: 'object', properties: { slug: { type: 'string' } } },
    annotations: { destructiveHint: false },
  },
];

const CONTEXT = { name: 'Gateway Admin', toolNames: GATEWAY.map(({ name }) => name).sort() };

function exampleScore(): string {
  return scoreArithmetic(classifyTool(CREATE_KEY, CONTEXT)).join('\n');
}

function exampleGrade(): string {
  const tools = GATEWAY.map((definition) => classifyTool(definition, CONTEXT));
  const findings = tools.flatMap((tool) => tool.findings);
  const grade = gradeOf(tools, findings);
  if (!grade) throw new Error('the example has tools');
  return [
    ...tools.map(({ name, category, score }) => `${name}: ${category}, ${score}`),
    ...findings.map(({ severity, message }) => `${severity} finding: ${message}`),
    '',
    ...gradeArithmetic(grade, tools.length),
  ].join('\n');
}

function fenced(text: string, language: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
