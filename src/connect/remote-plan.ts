import { plainUrl } from '../model/plain-url.ts';
import type { Remote } from '../model/registry-entry.ts';
import { fillTemplate } from './given-value.ts';
import type { RemotePlan } from './launch-plan.ts';

/** How to call a remote, or the names of the values that its URL wants of a user. */
export type RemoteReading = { readonly plan: RemotePlan } | { readonly missing: readonly string[] };

const CREDENTIAL_HEADER = /auth|token|secret|password|credential|cookie|(?:api|access|private|subscription)[-_]?key|^key$|^apikey$/i;

/** What fillTemplate takes for text, but no URL holds. */
const UNUSUAL_PLACEHOLDER = /\{([^}]*)/;

/** @returns undefined where what comes of the URL is none. */
export function planOfRemote(remote: Remote): RemoteReading | undefined {
  const { text, missing } = fillTemplate(withoutOptionalQuery(remote), remote.variables);
  if (text === undefined) return { missing };
  const [, odd] = UNUSUAL_PLACEHOLDER.exec(text) ?? [];
  if (odd !== undefined) return { missing: [odd] };
  if (!plainUrl(text) || movesHost(remote)) return undefined;
  return { plan: { kind: 'remote', url: text, transport: remote.type, declaresAuth: declaresAuth(remote) } };
}

/** A value that stands in the host may be a part of it, not its end: `evil.example/` in `https://{tenant}.shown.example`. */
function movesHost({ url, variables }: Remote): boolean {
  const [host] = /^https?:\/\/[^/?#]*\{[^/?#]*/i.exec(url) ?? [];
  const filled = host === undefined ? '' : (fillTemplate(host, variables).text ?? '');
  return /[/?#@]/.test(filled.replace(/^https?:\/\//i, ''));
}

/** An optional value that nobody gave leaves a query parameter empty; anywhere else the URL would be another one. */
function withoutOptionalQuery({ url, variables = {} }: Remote): string {
  const at = url.indexOf('?');
  if (at === -1) return url;
  const query = url.slice(at).replace(/\{([\w.-]+)\}/g, (placeholder, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const isOptional = variable && !variable.isRequired && !variable.isSecret && (variable.value ?? variable.default) === undefined;
    return isOptional ? '' : placeholder;
  });
  return url.slice(0, at) + query;
}

/** Whether the entry says that calls need a credential. A variable that no URL and no header names is a hint of the same. */
function declaresAuth({ headers = [], variables = {} }: Remote): boolean {
  return (
    headers.some(({ name, isRequired, isSecret }) => isRequired || isSecret || CREDENTIAL_HEADER.test(name)) ||
    Object.values(variables).some(({ isSecret }) => isSecret)
  );
}
