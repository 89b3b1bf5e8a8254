import { Command } from 'commander';
import { openCatalogue } from '../../app.ts';
import { readConfig } from '../../config.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description("Bring the database's schema up to date. Other commands do it too; this one only does it.")
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  assay migrate\n  DATABASE_URL=postgres://localhost/assay assay migrate')
    .action(async ({ json }: { json?: true }) => {
      const store = await openCatalogue(readConfig());
      const { kind, migrated } = store;
      await store.close();
      const applied = migrated.length > 0 ? `applied ${migrated.join(', ')}` : 'nothing to do';
      process.stdout.write(`${json ? JSON.stringify({ database: kind, applied: migrated }) : `${kind}: ${applied}`}\n`);
    });
}
