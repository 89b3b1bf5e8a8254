import { Command } from 'commander';
import { CLASSIFIER_VERSION } from '../../../classifiers/version.ts';
import { openCorrections, openExistingCatalogue } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { CliError } from '../errors.ts';
import { jsonText } from '../json-text.ts';
import { seconds } from '../status-line.ts';
import { outputWidth, pairs, table } from '../table.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('Show the last runs and the state of the catalogue.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  assay status\n  DATABASE_URL=postgres://localhost/assay assay status --json')
    .action(async ({ json }: { json?: true }) => {
      const status = await readStatus();
      if (!status) throw new CliError('there is no catalogue here yet. Make one with: assay nightly');
      process.stdout.write(`${json ? jsonText(status) : statusView(status)}\n`);
    });
}

type Status = NonNullable<Awaited<ReturnType<typeof readStatus>>>;

async function readStatus() {
  const { catalogueStatus } = await import('../../pipeline/catalogue-status.ts');
  const store = await openExistingCatalogue(readConfig());
  try {
    return store && (await catalogueStatus(store, CLASSIFIER_VERSION, await openCorrections()));
  } finally {
    await store?.close();
  }
}

function statusView({ runs, sources, servers, tools }: Status): string {
  const rows = runs.map(({ run, status, startedAt, durationMs }) => [
    String(run),
    status,
    startedAt,
    durationMs === undefined ? '' : seconds(durationMs),
  ]);
  return [
    table(['RUN', 'STATUS', 'STARTED', 'TIME'], rows, outputWidth()),
    ...sourceTable(sources),
    `Servers: ${servers.total}, ${servers.listed} listed, ${servers.read} read from source (${pairs(servers.byStatus)})`,
    `Tools: ${tools.total} (${pairs(tools.byAccess)})`,
  ].join('\n\n');
}

function sourceTable(sources: Status['sources']): string[] {
  if (sources.length === 0) return [];
  const rows = sources.map(({ source, entries, lastPassAt, lastWholeAt, watermark }) => [
    source,
    String(entries),
    lastPassAt,
    lastWholeAt ?? 'never',
    watermark ?? '-',
  ]);
  return [table(['SOURCE', 'ENTRIES', 'LAST READ', 'LAST READ WHOLE', 'CHANGES KNOWN UP TO'], rows, outputWidth())];
}
