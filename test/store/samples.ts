import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm/sql';
import { z } from 'zod';
import type { Classification } from '../../src/model/classification.ts';
import { CONSEQUENCE_OF } from '../../src/model/classification.ts';
import type { Enumeration } from '../../src/model/enumeration.ts';
import type { Fault } from '../../src/model/fault.ts';
import { canonicalJson } from '../../src/model/json.ts';
import type { PolicyDocument } from '../../src/model/policy.ts';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import type { Server, ServerContext } from '../../src/model/server.ts';
import type { ToolDefinition } from '../../src/model/tool.ts';
import { query } from '../../src/store/query.ts';
import { serversToLookAt } from '../../src/store/servers.ts';
import { storableJson } from '../../src/store/storable-json.ts';
import type { Store } from '../../src/store/store.ts';

/** Small values of the model for the store's tests; every argument is what a test is about. */

export function at(second: number): Date {
  return new Date(Date.UTC(2026, 0, 1, 3, 0, second));
}

export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(storableJson(value)))
    .digest('hex');
}

export function sampleEntry(id: string, extra: Partial<RegistryEntry> = {}): { entry: RegistryEntry; hash: string } {
  const entry = { source: 'example-index', id, name: id, packages: [], remotes: [], raw: { id, z: 1, a: [true, null] }, ...extra };
  return { entry, hash: hashOf(entry) };
}

export function sampleServer(id: string, extra: Partial<Server> = {}): { server: Server; hash: string } {
  const server = { id, name: id, packages: [], remotes: [], sources: ['example-index'], aliases: [id], related: [], ...extra };
  return { server, hash: hashOf(server) };
}

export function sampleTool(name: string, extra: object = {}): { hash: string; definition: ToolDefinition } {
  const definition = { name, description: `Does ${name}.`, inputSchema: { type: 'object', properties: { zebra: {}, a: {} } }, ...extra };
  return { hash: hashOf(definition), definition };
}

const circumstances = { launch: 'npm:example@1.0.0', attempts: [], installMs: 10, durationMs: 20 };

export const sampleFault: Fault = { code: 'start-timeout', subject: 'npm:example', message: 'It did not answer.', retryable: true };

export function listed(tools: readonly { definition: ToolDefinition }[], extra: object = {}): Enumeration {
  const definitions = tools.map(({ definition }) => definition);
  return {
    ...circumstances,
    status: 'complete',
    tools: definitions,
    answer: [JSON.stringify({ tools: definitions })],
    faults: [],
    ...extra,
  };
}

export function failed(fault: Fault = sampleFault): Enumeration {
  return { ...circumstances, status: 'timeout', fault };
}

export function sampleClassification(name: string, extra: Partial<Classification> = {}): Classification {
  const base = { name, category: 'Read' as const, ...CONSEQUENCE_OF.Read, score: 5, confidence: 0.9 };
  return { ...base, signals: [], findings: [], evidence: [], actions: [], classifierVersion: '1', ...extra };
}

export function sampleContext(toolNames: string[], extra: Partial<ServerContext> = {}): { contextHash: string; context: ServerContext } {
  const context = { name: 'example', toolNames, ...extra };
  return { contextHash: hashOf(context), context };
}

export function samplePolicy(...tools: string[]): PolicyDocument {
  return { version: '1', default: 'deny', tools: Object.fromEntries(tools.map((name) => [name, {}])) };
}

/** The sources' documents, by source and id. */
export async function rawDocuments(store: Store): Promise<unknown[]> {
  const rows = await query(store.db, z.object({ raw: z.unknown() }), sql`select raw from registry_entries order by source, id, release`);
  return rows.map(({ raw }) => raw);
}

/** The servers there are now, by id. */
export async function allServers(store: Store): Promise<Server[]> {
  return (await serversToLookAt(store)).map(({ server }) => server);
}
