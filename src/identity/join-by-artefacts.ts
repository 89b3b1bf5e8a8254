import { append, artefactsBySet, type Findings, join, nameKey, profileAt } from './findings.ts';
import { packageKey } from './package-key.ts';
import { coreName } from './server-words.ts';

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
  for (const key of keys) joinClaimants(findings, key, holders.get(key) ?? [], artefactsOf);
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
function entitled({ ownersOf, collections }: Findings, key: string): number[] {
  return (ownersOf.get(key) ?? []).filter((index) => !(isRemote(key) && collections.has(index)));
}

function joinAll(findings: Findings, [first, ...others]: readonly number[], key: string, reason: string): void {
  if (first !== undefined) for (const other of others) join(findings, first, other, key, reason);
}

type ArtefactsOf = ReturnType<typeof artefactsBySet>;

function joinClaimants(findings: Findings, key: string, holding: readonly number[], artefactsOf: ArtefactsOf): void {
  const owners = entitled(findings, key);
  const claimants = holding.filter(
    (index) => !profileAt(findings, index).owned.has(key) && !(isRemote(key) && findings.collections.has(index)),
  );
  const lead = owners[0] ?? leadOf(findings, key, claimants, artefactsOf);
  if (lead === undefined) return;
  const isAnybodys = owners.length === 0 && profileAt(findings, lead).authority === 'listing';
  for (const index of claimants) {
    const added = addedBy(findings, index, lead, artefactsOf);
    if (isAnybodys || added === undefined)
      join(findings, lead, index, key, isRemote(key) ? 'lists the same remote' : 'lists the same package');
    else findings.claims.push({ by: index, key, of: lead, reason: `it also lists ${added}, which the server does not` });
  }
}

/**
 * What an entry has that the server has not. Between two publishers neither of whom is entitled it counts both ways: it cannot be told which of them is
 * the copy, so that only equals are joined.
 */
function addedBy(findings: Findings, index: number, lead: number, artefactsOf: ArtefactsOf): string | undefined {
  const { artefacts, authority } = profileAt(findings, index);
  const added = [...artefacts].find((key) => !artefactsOf(lead).has(key));
  const isRival = authority === 'publisher' && [...artefacts].every((key) => !profileAt(findings, lead).owned.has(key));
  return added ?? (isRival ? [...artefactsOf(lead)].find((key) => !artefactsOf(index).has(key)) : undefined);
}

/** Where nobody is entitled: the first publisher, if all who publish it list the same; else the first to list it. */
function leadOf(findings: Findings, key: string, claimants: readonly number[], artefactsOf: ArtefactsOf): number | undefined {
  const publishers = claimants.filter((index) => profileAt(findings, index).authority === 'publisher');
  const [lead, ...rivals] = publishers.length > 0 ? publishers : claimants;
  if (lead === undefined || publishers.length === 0) return lead;
  const strangers = rivals.filter((index) => addedBy(findings, index, lead, artefactsOf) !== undefined);
  for (const index of strangers)
    findings.claims.push({ by: index, key, of: lead, reason: 'another publisher lists it too, and nobody is entitled to it' });
  return strangers.length === 0 ? lead : undefined;
}
