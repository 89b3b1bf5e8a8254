import type { Finding } from '../../src/model/classification.ts';
import { excerptOf } from '../excerpt.ts';
import type { JudgedTool } from '../judged-tool.ts';
import { isNearMiss, slipKey } from '../poisoning/near-miss.ts';
import { foldLookAlikes } from '../poisoning/plain-text.ts';
import type { Technique } from '../poisoning/technique.ts';

export const similarNameTechnique: Technique = {
  id: 'similar-tool-names',
  severity: 'high',
  finds: 'two tools of one server whose names are or look the same',
  why: 'A person approves one of them, and the other is called.',
};

/** Names of the same letters that are compared: no honest server has more. */
const MAX_ALIKE = 20;

/** Names that only differ in letters that look the same, in what is not shown, or by a slip. Names in different styles are aliases: nobody confuses their letters. */
export function similarNames(tools: readonly JudgedTool[]): Finding[] {
  const findings: Finding[] = [];
  const byLook = new Map<string, string>();
  const byLetters = new Map<string, string[]>();
  const exact = new Set<string>();
  for (const { name } of tools.map(({ definition }) => definition)) {
    const alike = byLetters.get(slipKey(name)) ?? [];
    const other = byLook.get(lookOf(name)) ?? alike.find((known) => isNearMiss(name, known));
    if (other !== undefined && other !== name) findings.push(findingOf(other, name));
    else if (exact.has(name)) findings.push(namesakes(name));
    exact.add(name);
    byLook.set(lookOf(name), other ?? name);
    if (alike.length < MAX_ALIKE) byLetters.set(slipKey(name), [...alike, name]);
  }
  return findings;
}

function lookOf(name: string): string {
  const folded = name.normalize('NFKC').replace(/\p{Cf}|\p{Variation_Selector}/gu, '');
  return folded
    .replace(/[\p{L}\p{N}]{1,80}/gu, foldLookAlikes)
    .replace(/(?<=[a-z])0(?=[a-z])/g, 'o')
    .replace(/(?<=[a-z])1(?=[a-z])/g, 'l');
}

/** The protocol allows one tool of a name. */
function namesakes(name: string): Finding {
  const { id: technique, severity } = similarNameTechnique;
  const evidence = [{ by: technique, at: '/name', excerpt: excerptOf(name), tool: name }];
  return {
    kind: 'poisoning',
    severity,
    technique,
    message: `Several tools are called ${excerptOf(name)}: nobody knows which is meant.`,
    evidence,
  };
}

function findingOf(one: string, other: string): Finding {
  const { id: technique, severity } = similarNameTechnique;
  const at = (tool: string) => ({ by: technique, at: '/name', excerpt: excerptOf(tool), tool });
  return {
    kind: 'poisoning',
    severity,
    technique,
    message: `The names ${excerptOf(one)} and ${excerptOf(other)} are easily taken for each other.`,
    evidence: [at(one), at(other)],
  };
}
