import type { SyntaxNode } from '@lezer/common';
import type { Modules } from './modules.ts';
import { type ClassValue, type FunctionValue, newServer, type Registration, type ServerValue } from './value.ts';

const MAX_STEPS = 400_000;
/** Expressions, statements and calls inside each other. Each takes a few frames of the stack of JavaScript. */
const MAX_DEPTH = 300;
const MAX_TOOLS = 5_000;

/** Reading one package: what was met so far, and how much of the work that it may cost is left. */
export class Run {
  readonly modules: Modules;
  readonly servers: ServerValue[] = [];
  readonly classes: ClassValue[] = [];
  /** Functions without their decorators, in the order in which they were met. */
  readonly defined: FunctionValue[] = [];
  /** Functions that were called, by their node's place. */
  readonly called = new Set<string>();
  /** Definitions made for a low-level server, wherever they went. */
  readonly made: Registration[] = [];
  /** What is answered to `tools/list` without an SDK. */
  readonly listings: Registration[] = [];
  /** Of names that only a run would tell. */
  unnamedTools = 0;
  /** Inside branches that a start without settings does not take. */
  untaken = 0;
  #steps = 0;
  #depth = 0;
  #anonymous: ServerValue | undefined;

  constructor(modules: Modules) {
    this.modules = modules;
  }

  get isExhausted(): boolean {
    return this.#steps >= MAX_STEPS;
  }

  /** `work`'s result, or `otherwise` when it would cost too much or go too deep. */
  step<Result>(work: () => Result, otherwise: Result): Result {
    if (this.#steps >= MAX_STEPS || this.#depth >= MAX_DEPTH) return otherwise;
    this.#steps += 1;
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Notes work that is more than one step: what is copied. */
  spend(steps: number): void {
    this.#steps += steps;
  }

  newServer(): ServerValue {
    const server = newServer();
    this.servers.push(server);
    return server;
  }

  /** The server of tools whose server cannot be told: a parameter, a name from somewhere else. */
  get anonymousServer(): ServerValue {
    this.#anonymous ??= this.newServer();
    return this.#anonymous;
  }

  register(server: ServerValue, registration: Registration): void {
    if (server.tools.length < MAX_TOOLS) server.tools.push(registration);
  }

  noteMade(registration: Registration): void {
    if (this.made.length < MAX_TOOLS) this.made.push(registration);
  }
}

/** What tells one piece of source from all others. */
export function keyOf(path: string, node: SyntaxNode): string {
  return `${path}:${node.from}`;
}
