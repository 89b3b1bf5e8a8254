import { Command } from 'commander';
import { openExistingCatalogue } from '../../app.ts';
import { readConfig } from '../../config.ts';
import type { IdentityExplanation } from '../../model/identity.ts';
import { visibleText } from '../../model/visible-text.ts';
import { identifyOptionsOf, readSettings } from '../../read-settings.ts';
import { CliError } from '../errors.ts';
import { jsonText } from '../json-text.ts';
import { outputWidth, table } from '../table.ts';

interface IdentityFlags {
  readonly config?: string;
  readonly json?: true;
}

export function identityCommand(): Command {
  return new Command('identity')
    .description('Show why a server is one: the registry entries it is made of, what joined them, and what nobody confirmed.')
    .argument('<server>', 'its id, an alias, a name or a former id')
    .option('--config <file>', 'settings: the order of sources (default: $ASSAY_CONFIG, else the built-in sources)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  assay identity npm:@upstash/context7-mcp\n  assay identity io.github.upstash/context7 --json')
    .action(async (wanted: string, { config, json }: IdentityFlags) => {
      const explanation = await readExplanation(wanted, config);
      process.stdout.write(`${json ? jsonText(explanation) : identityView(explanation, outputWidth())}\n`);
    });
}

async function readExplanation(wanted: string, file: string | undefined): Promise<IdentityExplanation> {
  const config = readConfig();
  const options = identifyOptionsOf(readSettings(file ?? config.settingsFile));
  const { explainStoredIdentity } = await import('../../pipeline/explain-identity.ts');
  const store = await openExistingCatalogue(config);
  if (!store) throw new CliError('there is no catalogue here yet. Make one with: assay nightly');
  try {
    const explanation = await explainStoredIdentity(store, wanted, options);
    if (!explanation) throw new CliError(`no server in the catalogue is known as ${JSON.stringify(wanted)}`);
    return explanation;
  } finally {
    await store.close();
  }
}

/** An explanation for people; text from sources is made safe to print. */
export function identityView(explanation: IdentityExplanation, width: number): string {
  const sections = [
    `${visibleText(explanation.server)} (${visibleText(explanation.name)})`,
    entryTable(explanation, width),
    section('Joined by', ['ENTRY', 'ENTRY', 'KEY', 'WHY'], explanation.joins.map(joinRow), width),
    section('Said by its entries, not confirmed', CLAIM_HEAD, explanation.unconfirmed.map(claimRow), width),
    section('Said of it by others, not confirmed', CLAIM_HEAD, explanation.claimedByOthers.map(claimRow), width),
    section('Related', ['SERVER', 'RELATION', 'SURE', 'WHY'], explanation.related.map(relatedRow), width),
    explanation.formerIds.length > 0 ? `Former ids: ${explanation.formerIds.map((id) => visibleText(id)).join(', ')}` : '',
    `Known as: ${explanation.aliases.map((alias) => visibleText(alias)).join(', ')}`,
  ];
  return sections.filter(Boolean).join('\n\n');
}

type Rows<K extends keyof IdentityExplanation> = IdentityExplanation[K] extends readonly (infer Row)[] ? Row : never;

function entryTable({ entries }: IdentityExplanation, width: number): string {
  const rows = entries.map(({ source, id, version = '', authority }) => [source, authority, version, id]);
  return table(['SOURCE', 'AUTHORITY', 'VERSION', 'ENTRY'], rows, width);
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  return rows.length === 0 ? '' : `${title}\n${table(head, rows, width)}`;
}

const CLAIM_HEAD = ['ENTRY', 'CLAIM', 'SERVER', 'WHY NOT'];

function claimRow({ entry, key, server = '-', reason }: Rows<'unconfirmed'>): string[] {
  return [entryText(entry), key, server, reason];
}

function joinRow({ entries: [a, b], key, reason }: Rows<'joins'>): string[] {
  return [entryText(a), entryText(b), key, reason];
}

function relatedRow({ server, relation, confidence, reason }: Rows<'related'>): string[] {
  return [server, relation, confidence.toFixed(2), reason];
}

function entryText({ source, id }: { readonly source: string; readonly id: string }): string {
  return `${source}:${id}`;
}
