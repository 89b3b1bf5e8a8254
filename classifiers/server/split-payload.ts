import type { Evidence, Finding } from '../../src/model/classification.ts';
import type { ServerContext } from '../../src/model/server.ts';
import { excerptOf } from '../excerpt.ts';
import type { JudgedTool } from '../judged-tool.ts';
import { ordersIn } from '../poisoning/lexicon/orders.ts';
import { type Passage, passageOf, type Sentence } from '../poisoning/passage.ts';
import { meets } from '../poisoning/stems.ts';
import { subjectOf } from '../poisoning/subject.ts';
import type { Technique } from '../poisoning/technique.ts';
import { WORDING } from '../poisoning/techniques/wording.ts';

export const splitPayloadTechnique: Technique = {
  id: 'split-payload',
  severity: 'high',
  finds: 'an order whose parts stand in several tools of one server',
  why: 'Each part passes a review by itself; a model reads them all.',
};

/** A tool's description, and the place of it that speaks of another tool. */
interface Part {
  readonly tool: string;
  readonly passage: Passage;
}

/** Longest description that is joined to another. */
const MAX_JOINED = 4000;
/** Longest text that is read as one sentence. */
const MAX_SENTENCE = 580;

/** Texts of one server that are joined; a server may name every tool in every other. */
const MAX_PAIRS = 300;

/** Where one tool's text sends the reader to another's, and the two together say what neither says alone. */
export function splitPayload(tools: readonly JudgedTool[], context: ServerContext): Finding[] {
  const parts = new Map(tools.map(({ definition }) => [definition.name.toLowerCase(), partOf(definition)]));
  const findings: Finding[] = [];
  let left = MAX_PAIRS;
  for (const part of parts.values()) {
    for (const sentence of part.passage.sentences) {
      if (!SENDS_ON.test(sentence.text)) continue;
      for (const other of namedIn(sentence, part, parts)) if (left-- > 0) findings.push(...joined(part, sentence, other, context));
    }
  }
  return findings;
}

function partOf({ name, description }: JudgedTool['definition']): Part {
  const text = typeof description === 'string' ? description.slice(0, MAX_JOINED) : '';
  return {
    tool: name,
    passage: passageOf({ text, role: 'description', parameter: '', isSwitch: false, section: 'description', isAside: false }),
  };
}

/** Names that are words of their own are in every text: only those written as names count. */
function namedIn({ text }: Sentence, part: Part, parts: ReadonlyMap<string, Part>): Part[] {
  const named = new Set<Part>();
  for (const [mention, quoted] of text.matchAll(/[`"']([\w.-]{2,64})[`"']|[a-z0-9]{1,32}(?:[_.-][a-z0-9]{1,32}){1,6}/g)) {
    const other = parts.get(quoted ?? mention);
    if (other && other !== part) named.add(other);
  }
  return [...named];
}

/** It sends the reader on: the meaning, the rest, what to do stands there. */
const SENDS_ON =
  /\b(?:whatever|what(?:ever)? .{0,40}\b(?:says?|describes?|returns?|lists?|means?)|says|continu\w+|rest of|second (?:part|half)|part (?:\d|two|one|b)|combin\w+|together with|append\w* to|followed by|concatenat\w*|execut\w+ as|carried out|see .{0,40} for (?:the )?(?:rest|meaning|instructions|steps|what)|as (?:described|defined|explained|written) (?:in|by|under)|instructions? (?:in|of|from)|steps? (?:in|of|from)|defined (?:in|by)|completed? (?:in|by)|described (?:in|by))\b/;

function joined(part: Part, sentence: Sentence, other: Part, context: ServerContext): Finding[] {
  const obeyed = showsPoison([sentence.text], context);
  for (const further of other.passage.sentences) {
    if (further.opens || ordersIn(further.text).length === 0) continue;
    if (obeyed || (showsPoison([sentence.text, further.text], context) && !showsPoison([further.text], context)))
      return [findingOf(part, sentence, other, further)];
  }
  return [];
}

/** Any of the techniques that lie in words, in these texts read as one sentence. */
function showsPoison(texts: readonly string[], context: ServerContext): boolean {
  const text = `- ${texts.join(' ')}`.slice(0, MAX_SENTENCE);
  const passage = passageOf({ text, role: 'other', parameter: '', isSwitch: false, section: '', isAside: false });
  const subject = subjectOf({}, context, []);
  return WORDING.some((technique) => meets(passage.stems, technique.needs) && technique.detect(passage, subject) !== undefined);
}

function findingOf(part: Part, sentence: Sentence, other: Part, further: Sentence): Finding {
  const { id, severity } = splitPayloadTechnique;
  const at = (tool: string, text: string): Evidence => ({ by: id, at: '/description', excerpt: excerptOf(text), tool });
  return {
    kind: 'poisoning',
    severity,
    technique: id,
    message: `The text of ${excerptOf(part.tool)} makes an order of what ${excerptOf(other.tool)} says.`,
    evidence: [at(part.tool, sentence.text), at(other.tool, further.text)],
  };
}
