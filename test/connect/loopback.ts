import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp } from '../../src/net/create-http.ts';
import type { Http } from '../../src/net/http.ts';
import type { Manners } from '../../src/net/manners.ts';
import { openNetwork } from '../../src/net/open-network.ts';

/** A way out that nothing may take. */
export const NO_HTTP: Http = { get: unplanned, getJson: unplanned, fetch: unplanned, fetchWith: () => unplanned };

function unplanned(): never {
  throw new Error('a request that nobody planned');
}

/** The real way out, which may reach this machine and does not keep its distance. */
export function loopbackHttp(settings: { readonly allowLoopback?: boolean; readonly manners?: Partial<Manners> } = {}) {
  const { allowLoopback = true } = settings;
  const network = openNetwork({ allowLoopback });
  const manners = { spacingMs: 0, concurrency: 8, tries: 2, backoffMs: 1, ...settings.manners };
  return { http: createHttp({ fetch: network.fetch, userAgent: 'assay/test', allowLoopback, manners }), close: () => network.close() };
}

export interface Served {
  /** Of its root, without a slash at the end. */
  readonly url: string;
  /** Connections that are open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** Serves on a port of this machine until closed. */
export async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connectionsOf(server),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));
}
