import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ConfidenceWeights } from '../../classifiers/fitted/confidence.ts';
import { type Compared, calibrationError, isRight } from '../figures.ts';
import { type ComparedFigure, compareModels } from './comparison.ts';
import { crossValidatedConfidence, fitConfidence } from './confidence-fit.ts';
import { buildExamples, type Example, type FittedCorpus } from './examples.ts';

const HELP = `npm run -s fit -- [--dry-run | --compare]

Fits the confidence to the build part of the labelled corpora, writes classifiers/fitted/confidence-weights.ts, and prints the calibration error: with
the weights as they were shipped, and with weights fitted without the servers of the owner they are measured on. Run it after every change of a rule;
the same corpora and rules give the same weights.

  --dry-run   write nothing
  --compare   write nothing; fit models of words too, and say what each, combined with the rules in several ways, gains or loses against the rules alone
`;
const WEIGHTS = new URL('../../classifiers/fitted/confidence-weights.ts', import.meta.url);
const GROUPS: readonly (readonly FittedCorpus[])[] = [
  ['gold'],
  ['reviewed'],
  ['composed'],
  ['gold', 'reviewed'],
  ['gold', 'reviewed', 'composed'],
];

function main(): void {
  const { values } = parseArgs({
    options: { 'dry-run': { type: 'boolean' }, compare: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stderr.write(HELP);
    return;
  }
  const examples = buildExamples();
  if (values.compare) {
    process.stdout.write(comparisonText(compareModels(examples)));
    return;
  }
  const weights = fitConfidence(examples);
  if (!values['dry-run']) writeFileSync(WEIGHTS, weightsModule(weights));
  process.stdout.write(confidenceText(examples, weights));
}

function weightsModule(weights: ConfidenceWeights): string {
  const fields = Object.entries(weights).map(([name, weight]) => `  ${name}: ${weight},\n`);
  return `import type { ConfidenceWeights } from './confidence.ts';

// Written by \`npm run -s fit\`, from the build part of evaluation/corpora.
export const CONFIDENCE_WEIGHTS: ConfidenceWeights = {
${fields.join('')}};
`;
}

function confidenceText(examples: readonly Example[], weights: ConfidenceWeights): string {
  const runs = crossValidatedConfidence(examples);
  const lines = GROUPS.map((corpora) => {
    const of = examples.filter(({ corpus }) => corpora.includes(corpus));
    const before = comparedWith(of, ({ confidence }) => confidence);
    const errors = runs.map((run) => calibrationError(comparedWith(of, (example) => run.get(example) ?? 0)));
    const share = mean(before.map((row) => (isRight(row) ? 1 : 0)));
    return [
      corpora.join(', ').padEnd(26),
      `${of.length}`.padStart(5),
      share.toFixed(4),
      ...[calibrationError(before), mean(errors), Math.max(...errors)].map(inColumn),
    ];
  });
  const heads = ['corpus'.padEnd(26), ' rows', 'right ', 'as shipped  ', 'on others   ', 'its worst   '];
  return `${[heads, ...lines].map((cells) => cells.join('  ')).join('\n')}\n\n${JSON.stringify(weights)}\n`;
}

function comparedWith(examples: readonly Example[], confidenceOf: (example: Example) => number): Compared[] {
  return examples.flatMap((example) => {
    const { server, expected, found } = example;
    return expected === undefined ? [] : [{ server, expected, found, confidence: confidenceOf(example) }];
  });
}

function comparisonText(figures: readonly ComparedFigure[]): string {
  const lines = figures.map(({ model, combination, figure, rows, rules, combined, interval: { low, high } }) => {
    const gain = `${signed(combined - rules)} (${signed(low)} to ${signed(high)})`;
    return `${model.padEnd(16)}${combination.padEnd(47)}${figure.padEnd(12)}${`${rows}`.padStart(5)}  ${rules.toFixed(4)}  ${combined.toFixed(4)}  ${gain}`;
  });
  return `model, combination, figure, rows, rules alone, combined, gain with its 95 % interval\n${lines.join('\n')}\n`;
}

function inColumn(value: number): string {
  return value.toFixed(4).padStart(12);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

try {
  main();
} catch (error) {
  process.stderr.write(`fit: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
