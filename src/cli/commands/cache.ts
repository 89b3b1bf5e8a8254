import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../../config.ts';
import { bytesOfText } from '../../model/byte-text.ts';
import { jsonText } from '../json-text.ts';
import { outputWidth } from '../table.ts';

interface PruneOptions {
  readonly maxSize?: number;
  readonly olderThan?: number;
  readonly dryRun?: true;
  readonly json?: true;
}

/** What is kept of packages between runs. */
export function cacheCommand(): Command {
  return new Command('cache')
    .description('Show and prune the packages that are kept between runs, in the folder that ASSAY_CACHE names.')
    .addHelpText(
      'after',
      '\nBefore every install the least recently used packages go until no more than ASSAY_CACHE_MAX (20GB) is taken.\n\nExamples:\n  assay cache list\n  assay cache prune --older-than 30d --dry-run\n  ASSAY_CACHE_MAX=50GB assay nightly',
    )
    .addCommand(listCommand())
    .addCommand(pruneCommand())
    .addCommand(pathCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('List the packages, the last used first.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  assay cache list --json')
    .action(async ({ json }: { json?: true }) => {
      const [{ cachedInstalls }, { cacheView, documentOf }] = await Promise.all([
        import('../../connect/install/cached-installs.ts'),
        import('../cache-view.ts'),
      ]);
      const { cacheFolder } = readConfig();
      const installs = (await cachedInstalls(cacheFolder)).reverse();
      process.stdout.write(`${json ? jsonText(documentOf(cacheFolder, installs)) : cacheView(cacheFolder, installs, outputWidth())}\n`);
    });
}

function pruneCommand(): Command {
  return new Command('prune')
    .description('Remove packages, the least recently used first. One that was used in the last 15 minutes stays.')
    .option('--max-size <size>', 'until no more than this is taken, such as 10GB', sizeOf)
    .option('--older-than <age>', 'those not used for so long, such as 30d, 12h or 45m', ageOf)
    .option('--dry-run', 'only say what would be removed')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nWithout --max-size and --older-than: what killed runs left, and what is above ASSAY_CACHE_MAX.\n\nExamples:\n  assay cache prune --max-size 10GB\n  assay cache prune --older-than 30d --dry-run\n  assay cache prune --max-size 0',
    )
    .action(prune);
}

function pathCommand(): Command {
  return new Command('path')
    .description('Print the folder.')
    .addHelpText('after', '\nExample:\n  du -sh "$(assay cache path)"')
    .action(() => {
      process.stdout.write(`${readConfig().cacheFolder}\n`);
    });
}

async function prune({ maxSize, olderThan, dryRun, json }: PruneOptions): Promise<void> {
  const [{ pruneCache }, { prunedDocument, prunedView }] = await Promise.all([
    import('../../connect/install/prune-cache.ts'),
    import('../cache-view.ts'),
  ]);
  const { cacheFolder, maxCacheBytes } = readConfig();
  const bounds = { maxBytes: maxSize ?? (olderThan === undefined ? maxCacheBytes : Number.POSITIVE_INFINITY), olderThanMs: olderThan };
  const pruned = await pruneCache(cacheFolder, bounds, { dryRun });
  process.stdout.write(`${json ? jsonText(prunedDocument(pruned)) : prunedView(pruned, outputWidth())}\n`);
}

function sizeOf(text: string): number {
  const bytes = bytesOfText(text);
  if (bytes === undefined) throw new InvalidArgumentError('It is no size such as 10GB or 500MB.');
  return bytes;
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

function ageOf(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const ms = UNIT_MS[unit];
  if (number === undefined || ms === undefined) throw new InvalidArgumentError('It is no age such as 30d, 12h or 45m.');
  return Number(number) * ms;
}
