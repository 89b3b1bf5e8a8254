import type { Node, Statement } from '@babel/types';
import { type Evaluator, EXPRESSIONS } from './expressions.ts';
import { callFunction } from './functions.ts';
import type { Modules } from './modules.ts';
import type { Registrations } from './registrations.ts';
import type { Scope } from './scope.ts';
import { type Executor, STATEMENTS } from './statements.ts';
import { Stop } from './stop.ts';
import { Fn, type Place, truth, UNKNOWN, Unknown, type Value } from './values.ts';

/** Why the statements after this one do not run. */
export interface Completion {
  readonly type: 'return' | 'break' | 'continue';
  readonly value: Value;
  readonly label: string | undefined;
}

/** One call that is being run. */
export interface Frame {
  /** What it returns under conditions that only a run would decide. */
  readonly possibleReturns: Value[];
  readonly yielded: Value[];
}

const MAX_CALL_DEPTH = 90;
const MAX_TIMES_IN_ITSELF = 6;
/** A call may use this share of what its caller has left, so that no one of them uses all. */
const SHARE = 0.7;

/**
 * Runs a program on what is known of its values. Nothing happens: whatever leads outside gives a value that is not known, a condition on such a
 * value runs both branches, and a branch that ends the program is not the one that counts. Steps are counted, so the same files give the same tools.
 */
export class Interpreter {
  readonly modules: Modules;
  readonly registrations: Registrations;
  /** Whether the program runs without settings, or with any. */
  readonly settingsAbsent: boolean;
  /** Scopes made before this one may or may not be changed by what runs now. */
  uncertainSince = 0;
  /** The functions and classes that were run. */
  readonly ran = new WeakSet<Node>();
  /** How many branches are being run of which only a run would tell whether it takes them. */
  branches = 0;
  frame: Frame = { possibleReturns: [], yielded: [] };
  private readonly steps: number;
  private stepsLeft: number;
  private floor = 0;
  private depth = 0;
  private readonly active = new Map<Node, number>();

  constructor(modules: Modules, registrations: Registrations, bounds: { readonly steps: number; readonly settingsAbsent: boolean }) {
    this.modules = modules;
    this.registrations = registrations;
    this.steps = bounds.steps;
    this.stepsLeft = bounds.steps;
    this.settingsAbsent = bounds.settingsAbsent;
  }

  /** How many steps it took so far. */
  get used(): number {
    return this.steps - this.stepsLeft;
  }

  evaluate(node: Node | null | undefined, scope: Scope): Value {
    if (!node) return undefined;
    this.step();
    const evaluator = EXPRESSIONS[node.type] as Evaluator<Node> | undefined;
    return evaluator ? evaluator(node, scope, this) : UNKNOWN;
  }

  execute(node: Statement, scope: Scope): Completion | undefined {
    this.step();
    const executor = STATEMENTS[node.type] as Executor<Node> | undefined;
    return executor?.(node, scope, this);
  }

  step(count = 1): void {
    this.stepsLeft -= count;
    if (this.stepsLeft <= this.floor) throw new Stop('bound');
  }

  truth(value: Value): boolean | undefined {
    return truth(value, this.settingsAbsent);
  }

  place(node: Node, scope: Scope): Place {
    return { file: scope.file, line: node.loc?.start.line ?? 1 };
  }

  /** Runs what may or may not run. */
  uncertainly<T>(scope: Scope, run: () => T): T {
    const before = this.uncertainSince;
    this.uncertainSince = scope.block().serial;
    try {
      return run();
    } finally {
      this.uncertainSince = before;
    }
  }

  /** Runs something whose end, by an exception or a bound, does not end what comes after it. */
  attempt<T>(run: () => T, otherwise: T): T {
    const floor = this.floor;
    this.floor = Math.max(floor, Math.ceil(floor + (this.stepsLeft - floor) * (1 - SHARE)));
    try {
      return run();
    } catch (error) {
      // The stack is used up where the source nests deeper than it allows: a bound like the others.
      if (error instanceof Stop || error instanceof RangeError) return otherwise;
      throw error;
    } finally {
      this.floor = floor;
    }
  }

  call(callee: Value, args: readonly Value[], self: Value): Value {
    if (!(callee instanceof Fn)) return new Unknown(callee instanceof Unknown && callee.kind === 'setting' ? 'setting' : 'any');
    if (callee.native) return callee.native(args, self);
    const { node } = callee;
    const times = node ? (this.active.get(node) ?? 0) : MAX_TIMES_IN_ITSELF;
    if (!node || times >= MAX_TIMES_IN_ITSELF || this.depth >= MAX_CALL_DEPTH) return UNKNOWN;
    this.step();
    this.ran.add(node);
    this.active.set(node, times + 1);
    this.depth++;
    try {
      return this.bounded(() => callFunction(callee, args, self, this));
    } finally {
      this.depth--;
      this.active.set(node, times);
    }
  }

  /** Like {@link attempt}, but an exception of the program goes on to its caller. */
  private bounded(run: () => Value): Value {
    let stopped: Stop | undefined;
    const result = this.attempt<Value>(() => {
      try {
        return run();
      } catch (error) {
        if (!(error instanceof Stop) || error.cause === 'bound') throw error;
        stopped = error;
        return undefined;
      }
    }, UNKNOWN);
    if (stopped) throw stopped;
    return result;
  }
}
