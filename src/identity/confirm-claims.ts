import { artefactsBySet, claimNotes, type Findings, join, nameKey, profileAt } from './findings.ts';
import type { Profile } from './profile.ts';
import { firstBeyond } from './set-difference.ts';

/**
 * What an entry says of itself without proof counts when the one it names says the same back. A copy repeats every name, package and address of its
 * original; the original says nothing of the copy.
 */
export function confirmClaims(findings: Findings): void {
  const artefactsOf = artefactsBySet(findings, ({ authority }) => authority !== 'code-host');
  const note = claimNotes(findings);
  for (const [index, { registryName, authority, artefacts }] of findings.profiles.entries()) {
    if (registryName && authority !== 'publisher') confirmName(findings, index, registryName, artefactsOf);
    if (authority === 'code-host') for (const key of artefacts) confirmArtefact(findings, index, key, note);
  }
}

function confirmName(findings: Findings, index: number, registryName: string, artefactsOf: ReturnType<typeof artefactsBySet>): void {
  const key = nameKey(registryName);
  const [owner] = findings.ownersOf.get(key) ?? [];
  if (owner === undefined) {
    findings.claims.push({ by: index, key, reason: 'nobody has proven this name' });
    return;
  }
  const isGuest = findings.guests.has(profileAt(findings, owner));
  const missing = isGuest ? GUEST : missingPointer(profileAt(findings, index), profileAt(findings, owner), artefactsOf(owner));
  if (missing === undefined) join(findings, owner, index, key, 'says this name, and its owner points back');
  else findings.claims.push({ by: index, key, of: owner, reason: missing });
}

const GUEST = 'the owner of the name lists nothing but what is another’s';

/** What the owner of the name would have to say for the claim to hold; nothing when it does. */
function missingPointer(claimant: Profile, owner: Profile, artefacts: ReadonlySet<string>): string | undefined {
  if (claimant.authority === 'code-host') {
    if (isSameRepository(claimant, owner)) return undefined;
    return isFork(claimant)
      ? 'it is a fork, and a fork has the name of its original in it'
      : 'the owner of the name does not list this repository';
  }
  const added = firstBeyond(claimant.artefacts, artefacts);
  if (added !== undefined) return `the owner of the name does not list ${added}`;
  return claimant.artefacts.size > 0 || isSameRepository(claimant, owner) ? undefined : 'nothing but the name agrees';
}

/** A package or URL in a repository's files is the repository's when who has it names the repository. */
function confirmArtefact(findings: Findings, index: number, key: string, note: ReturnType<typeof claimNotes>): void {
  const profile = profileAt(findings, index);
  const owners = findings.ownersOf.get(key) ?? [];
  const [owner] = owners;
  if (owner === undefined || findings.shared.has(key)) return;
  const pointing = owners.find((candidate) => isSameRepository(profileAt(findings, candidate), profile));
  if (pointing !== undefined) join(findings, pointing, index, key, 'is in its files, and who has it names this repository');
  else note({ by: index, key, of: owner, reason: unconfirmedBecause(profile) });
}

function unconfirmedBecause(profile: Profile): string {
  return isFork(profile) ? 'it is a fork, and a fork has the packages of its original in it' : 'who has it does not name this repository';
}

export function isFork({ entry }: Profile): boolean {
  return entry.repository?.forkOf !== undefined;
}

function isSameRepository({ place: a }: Profile, { place: b }: Profile): boolean {
  return a !== undefined && a.repository === b?.repository;
}
