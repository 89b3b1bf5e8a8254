import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CRAWLERS } from '../../../crawlers/index.ts';
import { runNightly } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { Stage } from '../../model/fault.ts';
import { EXIT } from '../errors.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { jsonText } from '../json-text.ts';
import { createObserver } from '../progress.ts';
import { reportView } from '../report-view.ts';
import { outputWidth } from '../table.ts';

interface NightlyFlags {
  readonly source?: readonly string[];
  readonly limit?: number;
  readonly only?: Stage;
  readonly out: string;
  readonly unsandboxed?: true;
  readonly json?: true;
}

export function nightlyCommand(): Command {
  return new Command('nightly')
    .description('Run the whole batch: discover, identify, enumerate, classify, policy, publish. A run that was stopped is taken up again.')
    .addOption(new Option('--source <id...>', 'only these sources').choices(CRAWLERS.map(({ id }) => id)))
    .option('--limit <n>', 'take at most this many entries from each source', positiveInteger)
    .addOption(new Option('--only <stage>', 'only this stage, on what is stored').choices(Stage.options))
    .option('--out <folder>', 'where the site goes; the feed is in <folder>/feed', 'site')
    .option('--unsandboxed', 'run servers without isolation; recorded with every enumeration')
    .option('--json', 'print the run report as one JSON object')
    .addHelpText(
      'after',
      [
        '\nThe catalogue is kept in ./.assay, or in the PostgreSQL that DATABASE_URL names.',
        'Exits with 3 only when the run itself failed: what single servers do wrong is in the report.',
        '\nExamples:\n  assay nightly\n  assay nightly --limit 5 --json > report.json\n  assay nightly --only publish --out /srv/www',
      ].join('\n'),
    )
    .action(run);
}

async function run({ source, limit, only, out, unsandboxed, json }: NightlyFlags): Promise<void> {
  const config = readConfig();
  const observer = createObserver(config.logLevel);
  try {
    const options = { sources: source, limit, only, out: resolve(out), unsandboxed };
    const report = await runNightly(config, options, observer, abortOnInterrupt());
    process.stdout.write(`${json ? jsonText(report) : reportView(report, outputWidth())}\n`);
    if (report.status === 'failed') process.exitCode = EXIT.failed;
  } finally {
    observer.close();
  }
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}
