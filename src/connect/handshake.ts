import type { Fault } from '../model/fault.ts';
import { isJsonObject } from '../model/plain-json.ts';

/** Every reader of the catalogue carries them, and a line of output may be a hundred times as long. */
const MAX_INSTRUCTIONS_BYTES = 64 * 1_024;
const MAX_NAME_BYTES = 1_024;

export interface Handshake {
  readonly protocolVersion?: string;
  readonly serverInfo?: { readonly name: string; readonly version: string; readonly title?: string };
  readonly instructions?: string;
}

/**
 * Reads an answer to initialize. A field of a wrong type reads as absent: the tools are what matters.
 *
 * @returns Nothing for what is no object.
 */
export function readHandshake(value: unknown): Handshake | undefined {
  if (!isJsonObject(value)) return undefined;
  const { protocolVersion, instructions } = value;
  const serverInfo = readServerInfo(value['serverInfo']);
  return {
    ...(typeof protocolVersion === 'string' && { protocolVersion }),
    ...(serverInfo && { serverInfo }),
    ...(typeof instructions === 'string' && { instructions }),
  };
}

function readServerInfo(value: unknown): Handshake['serverInfo'] {
  if (!isJsonObject(value)) return undefined;
  const { name, version, title } = value;
  if (typeof name !== 'string' || typeof version !== 'string') return undefined;
  return { name, version, ...(typeof title === 'string' && { title }) };
}

/** A handshake as it is recorded, and a fault for what was cut. */
export function boundedHandshake(
  handshake: Handshake,
  subject: string,
): { readonly handshake: Handshake; readonly faults: readonly Fault[] } {
  const { instructions, ...names } = handshake;
  const kept = instructions === undefined ? undefined : startOf(instructions, MAX_INSTRUCTIONS_BYTES);
  const faults: Fault[] = [];
  if (kept !== instructions)
    faults.push(cut('instructions-cut', subject, `Its instructions are longer than ${MAX_INSTRUCTIONS_BYTES} bytes`));
  if (textsOf(names).some((text) => startOf(text, MAX_NAME_BYTES) !== text)) {
    faults.push(cut('server-info-cut', subject, `Its name, title or version is longer than ${MAX_NAME_BYTES} bytes`));
  }
  return { handshake: { ...boundedNames(names), ...(kept !== undefined && { instructions: kept }) }, faults };
}

function boundedNames({ protocolVersion, serverInfo }: Omit<Handshake, 'instructions'>): Handshake {
  const short = (text: string) => startOf(text, MAX_NAME_BYTES);
  return {
    ...(protocolVersion !== undefined && { protocolVersion: short(protocolVersion) }),
    ...(serverInfo && {
      serverInfo: {
        name: short(serverInfo.name),
        version: short(serverInfo.version),
        ...(serverInfo.title !== undefined && { title: short(serverInfo.title) }),
      },
    }),
  };
}

function textsOf({ protocolVersion, serverInfo }: Handshake): string[] {
  return [protocolVersion, serverInfo?.name, serverInfo?.version, serverInfo?.title].filter((text) => text !== undefined);
}

/** The text, or as much of its start as fits, never with half a character. */
function startOf(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const bytes = Buffer.from(text);
  let end = maxBytes;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
}

function cut(code: string, subject: string, what: string): Fault {
  return { code, subject, message: `${what}; only the start is kept.`, retryable: false };
}
