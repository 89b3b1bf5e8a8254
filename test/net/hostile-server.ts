import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as macrotask } from 'node:timers/promises';

export interface LoopbackServer {
  readonly port: number;
  readonly url: string;
  /** Paths in the order they were asked for. */
  readonly asked: string[];
  /** Resolves when a connection is closed. */
  readonly closed: Promise<unknown>;
  close(): Promise<void>;
}

/** A server on this machine. What is left open is cut off when it is closed. */
export async function serve(listener: RequestListener, { address = '127.0.0.1', port = 0 } = {}): Promise<LoopbackServer> {
  const asked: string[] = [];
  const closing = Promise.withResolvers<unknown>();
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  server.on('connection', (socket) => void socket.once('close', closing.resolve));
  server.listen(port, address);
  await once(server, 'listening');
  const { port: listening } = server.address() as AddressInfo;
  return {
    port: listening,
    url: `http://${address}:${listening}`,
    asked,
    closed: closing.promise,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Hostile = (request: IncomingMessage, response: ServerResponse) => void;

/** Writes piece after piece, as fast as they are taken, until the connection is gone. */
async function writeFor(ever: Socket, piece: Buffer | string): Promise<void> {
  while (!ever.destroyed) {
    if (!ever.write(piece)) await Promise.race([once(ever, 'drain'), once(ever, 'close')]);
    await macrotask();
  }
}

function writeEvery(ms: number, socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), ms);
  socket.once('close', () => clearInterval(timer));
}

/** What a host can do to who reads its answer. */
export const HOSTILE = {
  neverAnswers: () => {},
  dripsHeaders: ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    writeEvery(20, socket, 'x: y\r\n');
  },
  dripsBody: ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n');
    writeEvery(20, socket, 'x');
  },
  earlyHintsForever: ({ socket }) => void writeFor(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
  headersForever: ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    void writeFor(socket, `x-flood: ${'y'.repeat(1_000)}\r\n`);
  },
  oneLongHeader: ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nx-flood: ');
    void writeFor(socket, 'y'.repeat(10_000));
  },
  bodyForever: ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n');
    void writeFor(socket, 'z'.repeat(10_000));
  },
  cutsOff: ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this'),
  wrongCompression: (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).write('this was never gzip'),
  anotherProtocol: ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
  oddStatus: ({ socket }) => socket.end('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'),
  redirectsToItself: ({ url }, response) => response.writeHead(302, { location: `${url}x` }).end(),
  answersTwice: ({ socket }) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirstHTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond'),
} satisfies Record<string, Hostile>;
