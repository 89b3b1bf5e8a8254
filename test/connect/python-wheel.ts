import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from './loopback.ts';
import { zipOf } from './zip.ts';

const SERVER = join(import.meta.dirname, '../fixtures/connect/planet_mcp');

/** A distribution, as a stranger would publish it. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** Fields of METADATA beside name and version. */
  readonly metadata?: readonly string[];
  /** Lines of `[console_scripts]`. */
  readonly scripts?: readonly string[];
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** `py3-none-any`. */
  readonly tag?: string;
  /** Published as source only, under this name. */
  readonly isSource?: boolean;
}

/** The files of the server in the fixtures. */
export function serverFiles(folder = 'planet_mcp'): Record<string, string> {
  const names = readdirSync(SERVER).filter((name) => name.endsWith('.py'));
  return Object.fromEntries(names.map((name) => [`${folder}/${name}`, readFileSync(join(SERVER, name), 'utf8')]));
}

export const PLANET: Wheel = {
  name: 'planet-mcp',
  version: '1.0.0',
  metadata: ['Requires-Python: >=3.8', 'Project-URL: Source, https://github.com/acme/planet'],
  scripts: ['planet-setup = planet_mcp.server:surroundings', 'planet_mcp = planet_mcp.server:main'],
  files: serverFiles(),
};

export function fileNameOf({ name, version, tag = 'py3-none-any', isSource }: Wheel): string {
  const stem = `${name.replaceAll(/[-_.]+/g, '_')}-${version}`;
  return isSource ? `${stem}.tar.gz` : `${stem}-${tag}.whl`;
}

export function bytesOf(wheel: Wheel): Buffer {
  if (wheel.isSource) return Buffer.from('not read');
  const { name, version, metadata = [], scripts = [], files = {}, tag = 'py3-none-any' } = wheel;
  const info = `${name.replaceAll(/[-_.]+/g, '_')}-${version}.dist-info`;
  const all: Record<string, string | Buffer> = {
    ...files,
    [`${info}/METADATA`]: `${['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...metadata].join('\n')}\n\nText: https://github.com/acme/other\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
    ...(scripts.length > 0 && { [`${info}/entry_points.txt`]: `[console_scripts]\n${scripts.join('\n')}\n` }),
  };
  const record = Object.entries(all).map(([path, content]) => `${path},sha256=${hashOf(content).digest('base64url')},${content.length}`);
  const whole = { ...all, [`${info}/RECORD`]: [...record, `${info}/RECORD,,`, ''].join('\n') };
  return zipOf(Object.entries(whole).map(([path, content]) => ({ name: path, content })));
}

/** As recorded with an enumeration. */
export function integrityOf(content: Buffer): string {
  return `sha256-${hashOf(content).digest('base64')}`;
}

/** A package index (PEP 503) on the loopback interface. */
export async function serveIndex(wheels: readonly Wheel[]) {
  const requests: string[] = [];
  const served = await serve((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const body = answerTo(path, wheels);
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': typeof body === 'string' ? 'text/html' : 'application/octet-stream',
    });
    response.end(body);
  });
  return { ...served, index: `${served.url}/simple/`, requests };
}

function answerTo(path: string, wheels: readonly Wheel[]): string | Buffer | undefined {
  const file = wheels.find((wheel) => path === `/files/${fileNameOf(wheel)}`);
  if (file) return bytesOf(file);
  const own = wheels.filter(({ name }) => path === `/simple/${name}/`);
  if (own.length === 0) return undefined;
  return `<!doctype html><html><body>${own.map(linkOf).join('')}</body></html>`;
}

function linkOf(wheel: Wheel): string {
  const wanted = wheel.metadata?.find((line) => line.startsWith('Requires-Python: '))?.slice('Requires-Python: '.length);
  const attribute = wanted ? ` data-requires-python="${wanted.replaceAll('>', '&gt;')}"` : '';
  const name = fileNameOf(wheel);
  return `<a href="/files/${name}#sha256=${hashOf(bytesOf(wheel)).digest('hex')}"${attribute}>${name}</a>`;
}

function hashOf(content: string | Buffer) {
  return createHash('sha256').update(content);
}
