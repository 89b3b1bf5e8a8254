import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';

/** One published version, as a stranger would publish it. */
export interface Published {
  readonly name: string;
  readonly version: string;
  /** Fields of package.json beside name and version. `127.0.0.1:PORT` in them becomes the address of the registry itself. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Announced instead of the true checksum. */
  readonly integrity?: string;
}

/** An npm registry on the loopback interface, with the packages given. */
export interface PackageRegistry {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly requests: string[];
  close(): void;
}

/** @param delayMs - How long every answer waits. */
export async function openRegistry(packages: readonly Published[], delayMs = 0): Promise<PackageRegistry> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    requests.push(path);
    const body = answerTo(path, packages, addressOf(server));
    setTimeout(() => {
      response.writeHead(body ? 200 : 404, { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' });
      response.end(body ?? '{"error":"not found"}');
    }, delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: addressOf(server),
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
}

function answerTo(path: string, packages: readonly Published[], url: string): string | Buffer | undefined {
  const archived = packages.find((published) => path === `/${archivePath(published)}`);
  if (archived) return archiveOf(archived);
  const versions = packages.filter(({ name }) => path === `/${name}`);
  const latest = versions.at(-1);
  if (!latest) return undefined;
  return JSON.stringify({
    name: latest.name,
    'dist-tags': { latest: latest.version },
    versions: Object.fromEntries(versions.map((published) => [published.version, versionOf(published, url)])),
  });
}

function versionOf(published: Published, url: string): unknown {
  const integrity = published.integrity ?? `sha512-${createHash('sha512').update(archiveOf(published)).digest('base64')}`;
  const version = { ...manifestOf(published), dist: { integrity, tarball: url + archivePath(published) } };
  return JSON.parse(JSON.stringify(version).replaceAll('127.0.0.1:PORT', new URL(url).host));
}

function archivePath({ name, version }: Published): string {
  return `${name}/-/archive-${version}.tgz`;
}

function manifestOf({ name, version, manifest }: Published): Record<string, unknown> {
  return { name, version, ...manifest };
}

function archiveOf(published: Published): Buffer {
  const files = { 'package/package.json': JSON.stringify(manifestOf(published)), ...published.files };
  const entries = Object.entries(files).map(([path, content]) => tarEntry(path, Buffer.from(content)));
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}

/** One file in the ustar format: a header block, then the content padded to blocks of 512 bytes. */
function tarEntry(path: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
