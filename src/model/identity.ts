import { z } from 'zod';
import { RelatedServer } from './server.ts';

const EntryReference = z.object({ source: z.string(), id: z.string() });

/** What an entry says of itself that nobody confirmed. */
const UnconfirmedClaim = z.object({
  entry: EntryReference,
  /** What it claims to have, or to be called. */
  key: z.string(),
  /** The server that has it; absent where none does. */
  server: z.string().optional(),
  reason: z.string(),
});

/** Why a server is what it is: the entries it is made of and what joined them. */
export const IdentityExplanation = z.object({
  server: z.string(),
  name: z.string(),
  entries: z.array(
    EntryReference.extend({
      name: z.string(),
      version: z.string().optional(),
      /**
       * Whose word it is. `publisher`: a registry made them prove the name. `package`: the package registry's own document. `code-host`: the
       * repository as its host knows it. `curated`: a catalogue that reviews what it lists. `listing`: anybody's.
       */
      authority: z.enum(['publisher', 'package', 'code-host', 'curated', 'listing']),
    }),
  ),
  /** One less than entries: each joins two that were apart. */
  joins: z.array(z.object({ entries: z.tuple([EntryReference, EntryReference]), key: z.string(), reason: z.string() })),
  /** What its own entries claim in vain. */
  unconfirmed: z.array(UnconfirmedClaim),
  /** What entries of other servers claim of this one in vain. */
  claimedByOthers: z.array(UnconfirmedClaim),
  related: z.array(RelatedServer),
  /** Everything that leads to it, sorted. */
  aliases: z.array(z.string()),
  /** What its id, or that of a server that became part of it, was before; sorted. */
  formerIds: z.array(z.string()),
});
export type IdentityExplanation = z.infer<typeof IdentityExplanation>;
