import { append, artefactsBySet, type Claim, canName, claimNotes, type Findings, join, nameKey, profileAt } from './findings.ts';
import { packageKey } from './package-key.ts';
import { coreName } from './server-words.ts';
import { firstBeyond, haveCommon } from './set-difference.ts';

/** For each key the entries that list it. */
type Holders = ReadonlyMap<string, readonly number[]>;

/**
 * A package or a remote belongs to one server: who is entitled to it is that server, and so is who lists it and nothing that the server does not have.
 * Whoever adds something of their own to another's artefact stays apart: a copied entry would otherwise bring its own package into the original.
 */
export function joinByArtefacts(findings: Findings): void {
  const holders = indexHolders(findings);
  noteCollections(findings, holders);
  noteBundles(findings);
  const keys = [...holders.keys()].sort().filter((key) => !findings.shared.has(key));
  for (const key of keys) joinAll(findings, entitled(findings, key), key, isRemote(key) ? 'same remote' : 'same package');
  for (const [key, indexes] of findings.ownersOf) if (isName(key)) joinAll(findings, indexes, key, 'same proven name');
  const artefactsOf = artefactsBySet(findings);
  const step = { findings, artefactsOf, note: claimNotes(findings) };
  for (const key of keys) joinClaimants(step, key, holders.get(key) ?? []);
}

const isRemote = (key: string) => key.startsWith('url:');
const isName = (key: string) => key.startsWith(nameKey(''));

/** Code hosts are left out: whatever a repository's files name, a copy of them names too. */
function indexHolders({ profiles }: Findings): Holders {
  const holders = new Map<string, number[]>();
  for (const [index, { authority, artefacts }] of profiles.entries()) {
    if (authority !== 'code-host') for (const key of artefacts) append(holders, key, index);
  }
  return holders;
}

/** An entry with several remotes that one other source lists as servers of their own is a collection, and joins none of them. */
function noteCollections(findings: Findings, holders: Holders): void {
  const remotesOf = findings.profiles.map(({ artefacts }) => [...artefacts].filter(isRemote));
  const listsOne = (index: number) => remotesOf[index]?.length === 1;
  for (const [index, remotes] of remotesOf.entries()) {
    if (remotes.length > 1 && areListedApart(findings, remotes, holders, listsOne)) findings.collections.add(index);
  }
}

/** How many of those who list a remote are looked at: one remote that everybody lists would cost the square of their number. */
const HOLDERS_SEEN = 50;

function areListedApart(findings: Findings, remotes: readonly string[], holders: Holders, listsOne: (index: number) => boolean): boolean {
  const keyOfSource = new Map<string, string>();
  for (const key of remotes) {
    for (const index of (holders.get(key) ?? []).slice(0, HOLDERS_SEEN)) {
      const { source } = profileAt(findings, index).entry;
      if (!listsOne(index)) continue;
      if ((keyOfSource.get(source) ?? key) !== key) return true;
      keyOfSource.set(source, key);
    }
  }
  return false;
}

/**
 * A package one version of which carries several proven names says itself that it holds several servers. Names that mean the same are one server
 * renamed, and so is one name after another in later versions.
 */
function noteBundles(findings: Findings): void {
  for (const [key, indexes] of findings.ownersOf) {
    if (isName(key) || isRemote(key) || indexes.length < 2) continue;
    const namesOfVersion = new Map<string, Set<string>>();
    for (const index of indexes) for (const version of versionsOf(findings, index, key)) addName(findings, index, namesOfVersion, version);
    if ([...namesOfVersion.values()].some(({ size }) => size > 1)) findings.shared.add(key);
  }
}

function versionsOf(findings: Findings, index: number, key: string): string[] {
  const { packages } = profileAt(findings, index).entry;
  return packages.flatMap((item) => (item.version !== undefined && packageKey(item) === key ? [item.version] : []));
}

function addName(findings: Findings, index: number, namesOfVersion: Map<string, Set<string>>, version: string): void {
  const { authority, registryName = '' } = profileAt(findings, index);
  if (authority === 'publisher') namesOfVersion.set(version, (namesOfVersion.get(version) ?? new Set()).add(coreName(registryName)));
}

/** Those entitled to the key who mean one server by it. */
function entitled(findings: Findings, key: string): number[] {
  return (findings.ownersOf.get(key) ?? []).filter((index) => canName(findings, index, key));
}

function joinAll(findings: Findings, [first, ...others]: readonly number[], key: string, reason: string): void {
  if (first !== undefined) for (const other of others) join(findings, first, other, key, reason);
}

/** What the joining of claimants has at hand: what each set had before it, and where to note what is not joined. */
interface Step {
  readonly findings: Findings;
  readonly artefactsOf: ReturnType<typeof artefactsBySet>;
  readonly note: (claim: Claim) => void;
}

function joinClaimants(step: Step, key: string, holding: readonly number[]): void {
  const { findings, note } = step;
  const owners = entitled(findings, key);
  const claimants = holding.filter((index) => !profileAt(findings, index).owned.has(key) && canName(findings, index, key));
  const lead = owners[0] ?? leadOf(step, key, claimants);
  if (lead === undefined) return;
  const isAnybodys = owners.length === 0 && profileAt(findings, lead).authority === 'listing';
  for (const index of claimants) {
    if (findings.sets.find(index) === findings.sets.find(lead)) continue;
    const added = isAnybodys ? undefined : addedBy(step, index, lead);
    if (added === undefined) join(findings, lead, index, key, isRemote(key) ? 'lists the same remote' : 'lists the same package');
    else note({ by: index, key, of: lead, reason: `it also lists ${added}, which the server does not` });
  }
}

/**
 * What an entry, or who is one server with it by proof, has that the server has not. Between two publishers neither of whom is entitled it counts both
 * ways: it cannot be told which of them is the copy, so that only equals are joined.
 */
function addedBy({ findings, artefactsOf }: Step, index: number, lead: number): string | undefined {
  const { artefacts, authority } = profileAt(findings, index);
  const [own, known] = [artefactsOf(index), artefactsOf(lead)];
  const leadOwns = profileAt(findings, lead).owned;
  const isRival = authority === 'publisher' && !haveCommon(artefacts, leadOwns);
  return firstBeyond(own, known) ?? (isRival ? firstBeyond(known, own) : undefined);
}

/** Where nobody is entitled: the first publisher, if all who publish it list the same; else the first to list it. */
function leadOf(step: Step, key: string, claimants: readonly number[]): number | undefined {
  const publishers = claimants.filter((index) => profileAt(step.findings, index).authority === 'publisher');
  const [lead, ...rivals] = publishers.length > 0 ? publishers : claimants;
  if (lead === undefined || publishers.length === 0) return lead;
  const strangers = rivals.filter((index) => addedBy(step, index, lead) !== undefined);
  for (const index of strangers)
    step.note({ by: index, key, of: lead, reason: 'another publisher lists it too, and nobody is entitled to it' });
  return strangers.length === 0 ? lead : undefined;
}
