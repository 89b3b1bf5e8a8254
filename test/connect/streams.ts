import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Sandbox, SandboxedProcess, SandboxSpec } from '../../src/connect/sandbox/sandbox.ts';
import type { JsonObject } from '../../src/model/json.ts';

/** The server's side of a pair of streams in this process. */
export class FakeServer {
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly #exit = Promise.withResolvers<Awaited<SandboxedProcess['exited']>>();

  get process(): SandboxedProcess {
    const kill = () => this.exit(null, 'SIGKILL');
    return { stdin: this.stdin, stdout: this.stdout, stderr: this.stderr, exited: this.#exit.promise, kill };
  }

  /** Calls back for every message it gets. */
  hear(listener: (message: JsonObject) => void): void {
    let text = '';
    this.stdin.on('data', (chunk: Buffer) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) listener(JSON.parse(line));
    });
  }

  say(message: JsonObject): void {
    this.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  exit(code: number | null, signal: string | null = null): void {
    const streams = [this.stdout, this.stderr];
    for (const stream of streams) if (!stream.writableEnded) stream.end();
    void Promise.all(streams.map((stream) => finished(stream))).then(() => this.#exit.resolve({ code, signal }));
  }

  /** Answers initialize, and `tools/list` with the pages in turn. */
  serve(pages: readonly JsonObject[], greeting: JsonObject = { protocolVersion: '2025-11-25' }): void {
    let page = 0;
    this.hear(({ id, method }) => {
      if (method === 'initialize') this.say({ id: id ?? null, result: greeting });
      if (method !== 'tools/list') return;
      this.say({ id: id ?? null, result: pages[page] ?? {} });
      page += 1;
    });
  }
}

/** A sandbox whose servers are played by `play`. */
export function fakeSandbox(play: (server: FakeServer, spec: SandboxSpec) => void): Sandbox {
  return {
    record: { rung: 'bubblewrap', lacks: [] },
    start(spec) {
      const server = new FakeServer();
      play(server, spec);
      return server.process;
    },
  };
}
