import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of an archive, as a stranger may write it. */
export interface ZipEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** As stat(2) has it; default a regular file. */
  readonly mode?: number;
  readonly deflated?: boolean;
  /** Of the header; 1 says that it is encrypted. */
  readonly flags?: number;
  /** Announced instead of the true method and size. */
  readonly method?: number;
  readonly size?: number;
}

/** A ZIP archive with exactly these entries, whatever they say. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, data, header } = packed(entry);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), header, name, data]);
    directory.push(centralEntry(entry, header, name, offset));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

function packed({ name, content = '', deflated = false, flags = 0, method, size }: ZipEntry) {
  const bytes = Buffer.from(content);
  const data = deflated ? deflateRawSync(bytes) : bytes;
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(flags | 0x800, 2);
  header.writeUInt16LE(method ?? (deflated ? 8 : 0), 4);
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(data.length, 14);
  header.writeUInt32LE(size ?? bytes.length, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return { name: Buffer.from(name), data, header };
}

function centralEntry({ mode = 0o100644 }: ZipEntry, header: Buffer, name: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(mode * 2 ** 16, 6);
  rest.writeUInt32LE(offset, 10);
  const madeOnUnix = Buffer.from([20, 3]);
  return Buffer.concat([Buffer.from('PK\x01\x02'), madeOnUnix, header, rest, name]);
}
