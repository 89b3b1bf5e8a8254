type Container = unknown[] | Record<string, unknown>;

interface Frame {
  readonly from: object;
  readonly to: Container;
  readonly depth: number;
}

/** Containers nested deeper become null. Definitions are refused far earlier; JSON.stringify and PostgreSQL fail from about 5,000 levels. */
const MAX_STORED_DEPTH = 512;

/**
 * The nearest value PostgreSQL's JSON types can hold: NUL and lone surrogates become U+FFFD, numbers that are not finite (`1e400`) become null,
 * `undefined` properties are left out. Key order is kept; of two keys that become equal the later wins.
 *
 * Pure and idempotent. What is stored is always this, so a hash that should agree with the stored value is made of the value returned here.
 *
 * @param value - What JSON.parse returned, or a plain value of ours.
 */
export function storableJson<Value>(value: Value): Value {
  const open: Frame[] = [];
  const root = storable(value, 0, open);
  for (let frame = open.pop(); frame; frame = open.pop()) fill(frame, open);
  // The shape is the one given: only what JSON cannot say is replaced.
  return root as Value;
}

/** Scalars at once; a container empty, its content left to the stack, so that depth costs no recursion. */
function storable(value: unknown, depth: number, open: Frame[]): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || depth >= MAX_STORED_DEPTH) return null;
  const to: Container = Array.isArray(value) ? [] : {};
  open.push({ from: value, to, depth: depth + 1 });
  return to;
}

function fill({ from, to, depth }: Frame, open: Frame[]): void {
  if (Array.isArray(to)) {
    for (const child of from as readonly unknown[]) to.push(storable(child, depth, open));
    return;
  }
  for (const [key, child] of Object.entries(from)) {
    if (child !== undefined) setOwn(to, storableText(key), storable(child, depth, open));
  }
}

function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  // Assigning `__proto__` would change the prototype instead of adding a property.
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

/** {@link storableJson} for one string. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
