import { parseArgs } from 'node:util';
import { writeBaseline } from './baseline.ts';
import { evaluate } from './evaluate.ts';
import { reportText } from './report.ts';
import { signalPrecisions } from './signal-precision.ts';
import { signalReportText } from './signal-report.ts';
import type { Part } from './split.ts';

const HELP = `npm run -s evaluate -- [--blind] [--part all|build|held-out] [--json]
npm run -s evaluate -- --signals [--json] | --write-baseline

Classifies the labelled corpora and says how often the classifier is right, and where it is not.

  --blind            take the tools' own annotations away first: most servers have none, and those that do may lie
  --part             only the servers that rules are built on, or only those held out (default: all, with a column for each)
  --signals          how often each signal is right on 40 hits that were read, and which of them nobody has read yet
  --json             the whole report as one JSON document
  --write-baseline   write evaluation/baseline again: the verdict of every row, so that a change shows which rows it moved

Example: npm run -s evaluate -- --blind --part build
`;
const PARTS: readonly Part[] = ['all', 'build', 'held-out'];

function main(): void {
  const { values } = parseArgs({
    options: {
      blind: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      part: { type: 'string', default: 'all' },
      signals: { type: 'boolean', default: false },
      'write-baseline': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const part = PARTS.find((known) => known === values.part);
  if (values.help || !part) {
    process.stderr.write(values.help ? HELP : `evaluate: --part is one of ${PARTS.join(', ')}\n`);
    process.exitCode = values.help ? 0 : 2;
  } else if (values['write-baseline']) {
    for (const file of writeBaseline()) process.stderr.write(`${file}\n`);
  } else if (values.signals) {
    const precisions = signalPrecisions();
    process.stdout.write(values.json ? `${JSON.stringify(precisions, null, 1)}\n` : signalReportText(precisions));
  } else {
    const report = evaluate(part, values.blind);
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 1)}\n` : reportText(report));
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`evaluate: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
