import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runNightly } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { Stage } from '../../model/fault.ts';
import type { Settings } from '../../model/settings.ts';
import { readSettings } from '../../read-settings.ts';
import { EXIT, usageError } from '../errors.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { jsonText } from '../json-text.ts';
import { createObserver } from '../progress.ts';
import { reportView } from '../report-view.ts';
import { outputWidth } from '../table.ts';

interface NightlyFlags {
  readonly source?: readonly string[];
  readonly limit?: number;
  readonly only?: Stage;
  readonly since?: string;
  readonly whole?: true;
  readonly config?: string;
  readonly out: string;
  readonly unsandboxed?: true;
  readonly json?: true;
}

export function nightlyCommand(): Command {
  return new Command('nightly')
    .description('Run the whole batch: discover, identify, enumerate, classify, policy, publish. A run that was stopped is taken up again.')
    .option('--source <id...>', 'only these sources, and the servers that they list')
    .option('--limit <n>', 'look at no more than this many servers: popular and new ones first', positiveInteger)
    .addOption(new Option('--only <stage>', 'only this stage, on what is stored').choices(Stage.options))
    .option(
      '--since <instant>',
      'ask sources for what changed since, such as 2026-11-20 or 2026-11-20T03:00:00Z, instead of since their last pass',
      instant,
    )
    .option('--whole', 'ask sources for everything, as is done once a week: what they no longer list is gone')
    .option('--config <file>', 'settings: sources, opt-outs (default: $ASSAY_CONFIG, else the built-in sources)')
    .option('--out <folder>', 'where the site goes; the feed is in <folder>/feed', 'site')
    .option('--unsandboxed', 'run servers without isolation; recorded with every enumeration')
    .option('--json', 'print the run report as one JSON object')
    .addHelpText(
      'after',
      [
        '\nSources: official-registry, npm, github (needs a token in GITHUB_TOKEN), starter; schema/settings.schema.json describes the settings file.',
        'A source that cannot be reached or lacks its key is a fault in the report, and what it listed before is kept.',
        'The catalogue is kept in ./.assay, or in the PostgreSQL that DATABASE_URL names.',
        'Exits with 3 only when the run itself failed: what single servers do wrong is in the report.',
        '\nExamples:\n  assay nightly --source starter\n  assay nightly --source official-registry npm --limit 50 --json > report.json\n  assay nightly --config sources.json --since 2026-11-20\n  assay nightly --only publish --out /srv/www',
      ].join('\n'),
    )
    .action(run);
}

async function run({ source, limit, only, since, whole, config: file, out, unsandboxed, json }: NightlyFlags): Promise<void> {
  const config = readConfig();
  const settings = readSettings(file ?? config.settingsFile);
  refuseUnknown(source ?? [], settings);
  if (since !== undefined && whole) throw usageError('--since asks for changes and --whole for everything: give one of them');
  const observer = createObserver(config.logLevel);
  try {
    const options = { settings, sources: source, limit, only, since, whole, out: resolve(out), unsandboxed };
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

function refuseUnknown(wanted: readonly string[], { sources }: Settings): void {
  const ids = sources.map(({ id }) => id);
  const unknown = wanted.filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw usageError(`there is no source ${unknown.join(', ')}. Sources: ${ids.join(', ')}`);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function instant(text: string): string {
  const date = new Date(INSTANT.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime()) || !isDay(text.slice(0, 10))) {
    throw new InvalidArgumentError('Expected a date such as 2026-11-20, or an instant such as 2026-11-20T03:00:00Z.');
  }
  if (date.getTime() > Date.now()) throw new InvalidArgumentError('That is in the future.');
  return date.toISOString();
}

/** The parser takes 30 February for 2 March. */
function isDay(text: string): boolean {
  return new Date(text).toISOString().slice(0, 10) === text;
}
