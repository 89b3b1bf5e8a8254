import { join } from 'node:path';
import { openCorrections, openExistingCatalogue } from '../app.ts';
import { readConfig } from '../config.ts';
import { launchText } from '../connect/launch-plan.ts';
import type { PolicyBasis } from '../policy/make-policy.ts';
import { CliError, usageError } from './errors.ts';
import { failureLine } from './failure-line.ts';
import { isAnswered, warningOf } from './is-answered.ts';
import { openScanning, type ScanningOptions, withStatusLine } from './scanning.ts';
import { isScanTarget, plansOf } from './target.ts';

export interface BasisOptions extends ScanningOptions {
  /** A published feed to look in, and nowhere else. */
  readonly feed?: string;
}

/**
 * What is known of a server's tools: of a target what it says now, of a name what the feed or else the database says.
 *
 * @param commandLine - What stood after `--`.
 */
export async function policyBasisOf(
  server: string | undefined,
  commandLine: readonly string[],
  options: BasisOptions,
): Promise<PolicyBasis> {
  if (server !== undefined && commandLine.length > 0) throw usageError('give a server or a command after --, not both');
  if (options.feed !== undefined) return basisInFeed(server, options.feed);
  return server === undefined || isScanTarget(server) ? scannedBasis(server, commandLine, options) : storedBasis(server);
}

async function scannedBasis(server: string | undefined, commandLine: readonly string[], options: BasisOptions): Promise<PolicyBasis> {
  const [plan] = plansOf(server === undefined ? [] : [server], commandLine, options);
  if (!plan) throw new Error('plansOf gives at least one plan');
  const { scan } = await import('../pipeline/scan.ts');
  const connection = await openScanning(options);
  const document = await withStatusLine(launchText(plan), () => scan(plan, connection, openCorrections)).finally(connection.close);
  const { enumeration } = document;
  if (!isAnswered(enumeration)) throw new CliError(failureLine(document));
  const warning = warningOf(enumeration);
  if (warning) process.stderr.write(`assay: ${warning}\n`);
  return { server: document.server.name, tools: document.tools, findings: document.server.findings ?? [] };
}

/** Where a run publishes unless it is told otherwise. */
const SITE_FEED = join('site', 'feed');

async function basisInFeed(server: string | undefined, folder: string): Promise<PolicyBasis> {
  if (server === undefined) throw usageError('name the server to look for in the feed');
  const basis = await publishedBasis(server, folder);
  if (basis) return basis;
  throw new CliError(
    `no server ${JSON.stringify(server)} with known tools is in the feed ${folder}. Is it the folder with names.jsonl in it?`,
  );
}

async function publishedBasis(server: string, folder: string): Promise<PolicyBasis | undefined> {
  const { basisInFeed: find } = await import('../pipeline/basis-in-feed.ts');
  const basis = await find(folder, server);
  if (basis === 'torn')
    throw new CliError(
      `the files of the feed ${folder} do not belong together: it is being replaced or damaged. Try again, or publish it again`,
    );
  return basis;
}

/** The feed first: it answers without a database. */
async function storedBasis(name: string): Promise<PolicyBasis> {
  const published = await publishedBasis(name, SITE_FEED);
  if (published) return published;
  const { basisInStore } = await import('../pipeline/basis-in-store.ts');
  const corrections = await openCorrections();
  const store = await openExistingCatalogue(readConfig());
  try {
    const basis = store && (await basisInStore(store, name, corrections));
    if (basis) return basis;
  } finally {
    await store?.close();
  }
  throw new CliError(
    `no server ${JSON.stringify(name)} with known tools is in the catalogue. To ask a package directly: assay policy npm:${name}`,
  );
}
