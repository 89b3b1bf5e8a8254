import { placeKey } from '../model/repository-place.ts';
import { append, artefactsBySet, type Findings, join, standingIn } from './findings.ts';
import { isSubstantial, type Profile, type Standing } from './profile.ts';
import { namespaceOf, registrantOf } from './registry-namespace.ts';
import { coreName, nameWords } from './server-words.ts';
import { firstBeyond } from './set-difference.ts';

/** One entry at one repository. */
interface Placement {
  readonly index: number;
  readonly profile: Profile;
  readonly folder: string;
  readonly standing: Standing;
}

/**
 * A repository and a folder in it are one server; the root is, when the repository holds no more than one. Only who may speak for the repository is
 * joined by it: an entry by its owner, by its host, by a curated catalogue, or one that merely mentions it. Whoever only says that their package
 * or URL is made from it stays apart.
 */
export function joinByRepository(findings: Findings): void {
  const byRepository = new Map<string, Placement[]>();
  for (const [index, profile] of findings.profiles.entries()) {
    const { place } = profile;
    if (place) append(byRepository, place.repository, { index, profile, folder: place.folder, standing: standingIn(findings, profile) });
  }
  const artefactsOf = artefactsBySet(findings);
  for (const placements of byRepository.values()) if (placements.length > 1) joinRepository(findings, placements, artefactsOf);
}

type ArtefactsOf = ReturnType<typeof artefactsBySet>;

function joinRepository(findings: Findings, placements: readonly Placement[], artefactsOf: ArtefactsOf): void {
  const { residents, mentions, others } = ranked(placements);
  joinFolders(findings, [...residents, ...mentions]);
  joinNamesakes(findings, residents, others, artefactsOf);
  joinRenamed(findings, residents);
  const roots = mentions.filter(({ folder, profile }) => folder === '' && !isSubstantial(profile));
  if (holdsOneServer(findings, residents, mentions)) joinOne(findings, residents, mentions);
  else joinAll(findings, roots, 'mentions the same repository');
}

/**
 * Residents bring something and may speak for the repository. Those whose domain merely bears its name do where no owner is among them and all
 * domains are one registrant's: of two that bear the name, one may be there for a copy.
 */
function ranked(placements: readonly Placement[]): Record<'residents' | 'mentions' | 'others', Placement[]> {
  const substantial = placements.filter(({ profile }) => isSubstantial(profile));
  const owners = substantial.filter(({ standing }) => standing === 'owner');
  const namesakes = substantial.filter(({ standing }) => standing === 'namesake');
  const registrants = new Set(namesakes.map(({ profile }) => registrantOf(namespaceOf(profile.registryName ?? ''))));
  const residents = owners.length > 0 ? owners : registrants.size === 1 ? namesakes : [];
  const mentions = placements.filter(
    ({ profile, standing }) => !isSubstantial(profile) && (standing === 'owner' || standing === 'mention'),
  );
  return { residents, mentions, others: substantial.filter((placement) => !residents.includes(placement)) };
}

/** Folder and repository together are as good as a name. */
function joinFolders(findings: Findings, placements: readonly Placement[]): void {
  const byFolder = Map.groupBy(placements, ({ folder }) => folder);
  for (const [folder, of] of byFolder) if (folder !== '') joinAll(findings, of, 'same folder of the same repository');
}

/** At the root of one repository the same name means the same server, for residents, and for others who have nothing that the resident has not. */
function joinNamesakes(findings: Findings, residents: readonly Placement[], others: readonly Placement[], artefactsOf: ArtefactsOf): void {
  const nameIn = ({ profile, folder }: Placement) => `${folder}#${coreName(profile.entry.name)}`;
  const byName = Map.groupBy(residents, nameIn);
  const namesakes = others.filter(({ standing }) => standing === 'namesake');
  const othersByName = Map.groupBy(namesakes, nameIn);
  for (const [name, of] of byName) {
    if (name.endsWith('#')) continue;
    joinAll(findings, of, 'same name in the same repository');
    const [resident] = of as [Placement, ...Placement[]];
    const known = artefactsOf(resident.index);
    for (const other of othersByName.get(name) ?? []) {
      if (firstBeyond(artefactsOf(other.index), known) === undefined)
        joinAll(findings, [resident, other], 'same name in the same repository, and nothing of its own');
    }
  }
}

/** One publisher who gives the same text to two names of one place has renamed the server, and so has one who says so. */
function joinRenamed(findings: Findings, residents: readonly Placement[]): void {
  const own = residents.filter(({ profile }) => profile.authority === 'publisher');
  const byText = Map.groupBy(own, ({ profile, folder }) => `${namespaceOf(profile.registryName ?? '')} ${folder} ${textOf(profile)}`);
  for (const [, of] of byText)
    if (textOf((of[0] as Placement).profile).length >= TELLING) joinAll(findings, of, 'same publisher, text and repository');
  const byName = new Map(own.flatMap((placement) => namesInText(placement.profile).map((name) => [name, placement])));
  for (const before of own.filter(({ profile }) => RENAMED.test(spokenText(profile)))) {
    const after = wordsOf(before.profile).map((word) => byName.get(word));
    const found = after.find((placement) => placement && placement !== before && isOnePublisher(placement, before));
    if (found) joinAll(findings, [found, before], 'its publisher says that it is the other one now');
  }
}

/** A shorter text may be any server's: `MCP server`. */
const TELLING = 30;
const RENAMED = /\b(deprecated|renamed|moved|replaced|superseded|instead)\b/i;

function textOf({ entry }: Profile): string {
  return (entry.description ?? '').trim().toLowerCase();
}

function spokenText({ entry }: Profile): string {
  return [entry.title, entry.description, entry.release?.statusMessage].filter(Boolean).join(' ').toLowerCase();
}

function wordsOf(profile: Profile): string[] {
  return spokenText(profile)
    .split(/[^\p{L}\p{N}./_-]+/u)
    .map((word) => word.replace(/[.]+$/, ''));
}

/** How a publisher's text may name another of its servers: in full, or by the part that tells it from the others. */
function namesInText({ registryName = '' }: Profile): string[] {
  const own = registryName.slice(namespaceOf(registryName).length + 1);
  return coreName(own) === '' ? [registryName] : [registryName, own];
}

function isOnePublisher(a: Placement, b: Placement): boolean {
  return namespaceOf(a.profile.registryName ?? '') === namespaceOf(b.profile.registryName ?? '');
}

/** No source lists two servers in it, and no two folders are named. */
function holdsOneServer({ sets }: Findings, residents: readonly Placement[], mentions: readonly Placement[]): boolean {
  const setsBySource = new Map<string, Set<number>>();
  for (const { index, profile, folder } of [...residents, ...mentions]) {
    if (!isSubstantial(profile) && folder === '') continue;
    const { source } = profile.entry;
    setsBySource.set(source, (setsBySource.get(source) ?? new Set()).add(sets.find(index)));
  }
  const folders = new Set([...residents, ...mentions].map(({ folder }) => folder).filter(Boolean));
  return folders.size < 2 && [...setsBySource.values()].every(({ size }) => size === 1);
}

/** All at the root are the one server; what is in a folder is it as well when its name says so. */
function joinOne(findings: Findings, residents: readonly Placement[], mentions: readonly Placement[]): void {
  const all = [...residents, ...mentions];
  const atRoot = all.filter(({ folder }) => folder === '');
  joinAll(findings, atRoot, 'same repository, which holds one server');
  const inFolder = all.find(({ folder }) => folder !== '');
  const [root] = atRoot;
  if (!inFolder || !root) return;
  const repository = coreName(root.profile.place?.repository ?? '');
  const rootNames = new Set([repository, ...atRoot.flatMap(namesOf)]);
  const folderNames = all.filter(({ folder }) => folder !== '').flatMap(namesOf);
  const agree = folderNames.some((name) => name !== '' && rootNames.has(name));
  if (agree) joinAll(findings, [root, inFolder], 'same repository, which holds one server, in a folder');
}

/** What an entry calls its server; its namespace where the name says nothing. */
function namesOf({ profile }: Placement): string[] {
  const { name, title = '' } = profile.entry;
  const names = [coreName(name), coreName(title)].filter(Boolean);
  return names.length > 0 ? names : nameWords(name.split('/')[0] ?? '').slice(-1);
}

function joinAll(findings: Findings, placements: readonly Placement[], reason: string): void {
  const [first, ...others] = placements;
  if (!first?.profile.place) return;
  for (const other of others) join(findings, first.index, other.index, placeKey(other.profile.place ?? first.profile.place), reason);
}
