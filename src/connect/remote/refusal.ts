import { z } from 'zod';
import type { Fault } from '../../model/fault.ts';

/** What came over HTTP instead of messages. */
export type Refusal =
  /** Not asked, or not answered: the request was not allowed to go out, or the connection failed. */
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** An HTTP status that is no success. `body`: its start. */
  | { readonly kind: 'status'; readonly status: number; readonly headers: Headers; readonly body: string }
  /** Success, and not the protocol. */
  | { readonly kind: 'content'; readonly contentType: string; readonly body: string }
  /** An event stream that does not say where messages go, or names another host. */
  | { readonly kind: 'endpoint'; readonly message: string };

const RpcErrorBody = z.object({ error: z.object({ code: z.number(), message: z.string().catch('') }) });

/** The JSON-RPC error in the body of a refusal. */
export function rpcErrorOf(refusal: Refusal | undefined): { readonly code: number; readonly message: string } | undefined {
  if (refusal?.kind !== 'status') return undefined;
  try {
    return RpcErrorBody.parse(JSON.parse(refusal.body)).error;
  } catch {
    return undefined;
  }
}
