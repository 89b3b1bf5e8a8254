import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { SettingsError } from './config.ts';
import { Settings, type SourceSettings } from './model/settings.ts';

/**
 * Reads the settings file; without one the defaults. Only a file that is named is read: one that merely lies in the working folder may be a stranger's.
 *
 * @throws SettingsError naming the file and the place in it.
 */
export function readSettings(file: string | undefined): Settings {
  if (file === undefined) return Settings.parse({});
  const read = Settings.safeParse(readJson(file));
  if (read.success) return read.data;
  throw new SettingsError(`${file} is not a settings file of Assay:\n${z.prettifyError(read.error)}`);
}

/** What identity needs to know of the sources. */
export function identifyOptionsOf({ sources, optOut }: Settings) {
  return {
    precedence: sources.map(({ id }) => id),
    authorities: Object.fromEntries(sources.flatMap(authorityOf)),
    optOut,
  };
}

/** What a source is, where it is more than a list. The starter list holds what its packages' own documents say. */
function authorityOf(source: SourceSettings): [string, 'package' | 'code-host' | 'curated'][] {
  if (source.kind === 'github') return [[source.id, 'code-host']];
  if (source.kind === 'npm' || source.kind === 'starter') return [[source.id, 'package']];
  return source.curated ? [[source.id, 'curated']] : [];
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SettingsError(`the settings file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
