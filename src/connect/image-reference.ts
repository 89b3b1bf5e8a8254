/** What names an image, by the grammar of the reference library of distribution. */
export interface ImageReference {
  /** As the engine takes it. */
  readonly text: string;
  /** With host, without tag and digest. */
  readonly repository: string;
  /** Where it comes from, where that is not the engine's own default; with its port. */
  readonly host?: string;
  /** Empty where only a digest is named. */
  readonly tag: string;
  readonly digest?: string;
}

const MAX_LENGTH = 400;
const HOST = /^(?:localhost|[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?::\d{1,5})?$/i;
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[\da-f]{64}$/;

/** @returns Nothing for anything that an engine could take for something else, such as an option. */
export function imageReference(text: string): ImageReference | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [named = '', digest, ...more] = text.split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const repository = hasTag ? named.slice(0, colon) : named;
  const tag = hasTag ? named.slice(colon + 1) : '';
  const segments = repository.split('/');
  const [first = ''] = segments;
  const host = segments.length > 1 && (/[.:]/.test(first) || first === 'localhost') ? first : undefined;
  const path = host === undefined ? segments : segments.slice(1);
  const isRight =
    more.length === 0 &&
    (host === undefined || HOST.test(host)) &&
    path.every((segment) => COMPONENT.test(segment)) &&
    (!hasTag || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!isRight) return undefined;
  const usual = tag === '' && digest === undefined ? 'latest' : tag;
  return { text: usual === tag ? text : `${text}:latest`, repository, ...(host && { host }), tag: usual, ...(digest && { digest }) };
}
