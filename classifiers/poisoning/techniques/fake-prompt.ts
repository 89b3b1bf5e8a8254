import { looksForAttacks, withoutQuotations } from '../frames.ts';
import { concealmentIn } from '../lexicon/concealment.ts';
import { Concept } from '../lexicon/concepts.ts';
import { Cue } from '../lexicon/cues.ts';
import { CONTEXT, CREDENTIAL, PERSONAL, SECRET_PLACE, SECRET_STORE } from '../lexicon/objects.ts';
import { ordersIn } from '../lexicon/orders.ts';
import { ADDRESSED, FALSE_VOICE, MODEL_ACTS } from '../lexicon/people.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Passage, Sentence } from '../passage.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';
import { bypassesConsent } from './consent-bypass.ts';

/** Marks that separate the turns of a conversation in the prompt formats of well-known models. */
const TURN_MARK =
  /\[\[[^\]\n]{0,60}\b(?:model|assistant|agent|llm|ai)s?\b[^\]\n]{0,30}\]\]|\{\{#?\s?(?:llm|model|assistant|agent|ai)\b|<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id|begin_of_text|endofprompt|message|channel|start|end)\|>|<<\/?(?:sys|system|user|assistant|admin|inst)>>|"role"\s?:\s?"(?:system|developer)"|-{2,}\s?end of (?:tool |the )?(?:tool )?(?:description|prompt|instructions?|context|system prompt)|(?:^|\n|[.;] )new system (?:message|prompt|instruction)s?\s?:|\[\/?inst\]|<\/?s>\s*\[|<(?:start|end)_of_turn>|(?:^|\n|\s)#{2,4} ?(?:system|instructions?|assistant|human|developer|new instructions?)(?: (?:prompt|message|override|note))? ?:|\n\n(?:human|assistant|system): |<\|?tool_(?:result|response)\|?>|\u2039\|im_start/i;
/** A section that only the model is meant to read, with something in it. */
const HIDDEN_SECTION =
  /<(system|developer|secret|hidden|sys|admin|assistant|override|internal|private|confidential|instructions?[_-](?:to|for)[_-]\w{1,20}|(?:system|hidden|secret|assistant|model|ai|llm|agent|developer|internal|admin|priority|critical)[_ -](?:prompt|instructions?|note|message|only|directives?|rules?|policy|override|notice|reminder|context|command|task)s?|(?:for|to)[_-](?:the[_-])?(?:model|assistant|llm|ai|agent)s?|thinking|cot|im_system|function_calls|tool_call)\b[^<>\n]{0,40}>([^<]{12,})/gi;
/** Markup that does not show its text. */
const UNSEEN =
  /<\w{1,12} [^<>]{0,200}(?:opacity:\s?0|font-size:\s?[01]\b|color[:=]\s?["']?(?:white|#fff)|display:\s?none|visibility:\s?hidden|-\d{4}px)[^<>]{0,100}>[^<\n]{0,40}\w+ \w+ [^<\n]{4,300}<\//i;
const COMMENTED = /\[\/\/\]|\/\*/;
const COMMENT = /<!--([\s\S]{8,600}?)-->|\[\/\/\]: # \(([^)\n]{8,400})\)|\/\*([\s\S]{8,600}?)\*\//g;

export const fakePrompt: TextTechnique = {
  id: 'fake-system-prompt',
  severity: 'high',
  finds: 'text dressed up as the system, as another turn of the conversation or as a section for the model alone',
  why: 'A model may give such text the authority of its own operator.',
  needs: [Stem.voice],
  detect: (passage) =>
    isDottedName(passage)
      ? undefined
      : ((MARK.test(passage.raw) ? (turnMark(passage.raw) ?? hiddenSection(passage.raw)) : undefined) ??
        sentenceIn(passage, [Stem.voice], (sentence) => speaksAside(sentence) || speaksFromAbove(sentence))),
};

/** `tools.example.model.eval`: a name of something, in a field that nobody describes. */
function isDottedName({ raw, role }: Passage): boolean {
  return role === 'other' && raw.includes('.') && !/\s/.test(raw);
}

/** What sets text apart from the text around it. */
const MARK = /[<\u2039[#]|\{\{|"role"|--|\/\*|new system|\n\n/i;

/** A heading of its own; in capitals, since documents have headings too. */
const TURN_HEADING =
  /(?:^|[\n.>] ?)#{1,4} ?\[?(?:SYSTEM|ASSISTANT|DEVELOPER|ADMIN)(?: (?:PROMPT|MESSAGE|OVERRIDE|NOTE|INSTRUCTIONS?))?\]?\s{0,4}(?:\n|:)/;

function turnMark(raw: string): string | undefined {
  const match = TURN_MARK.exec(raw) ?? TURN_HEADING.exec(raw);
  if (!match) return undefined;
  const around = raw.slice(Math.max(0, match.index - 120), match.index + 400).toLowerCase();
  return looksForAttacks(around.slice(0, 120)) || /\b(?:format|template|tokens?|chatml|delimiters?|markers?)\b/.test(around.slice(0, 140))
    ? undefined
    : around.slice(100);
}

function hiddenSection(raw: string): string | undefined {
  if (!raw.includes('<') && !COMMENTED.test(raw)) return undefined;
  for (const match of raw.matchAll(HIDDEN_SECTION)) {
    const inside = (match[2] ?? '').toLowerCase().slice(0, 800);
    if (inside.split(/\s+/).length > 4 && raw.slice(match.index + match[0].length, match.index + match[0].length + 2) === '</')
      return match[0];
  }
  const unseen = UNSEEN.exec(raw);
  if (unseen && !/\b(?:html|css|css3|screen readers?|accessib\w*)\b/i.test(raw.slice(0, 200))) return unseen[0];
  for (const match of raw.matchAll(COMMENT)) {
    const inside = (match[1] ?? match[2] ?? match[3] ?? '').toLowerCase();
    if (ADDRESSED.test(inside.slice(0, 200)) || FALSE_VOICE.test(inside.slice(0, 200)) || (isOrder(inside) && touchesSomething(inside)))
      return match[0];
  }
  return undefined;
}

function isOrder(text: string): boolean {
  return (
    ordersIn(text).length > 0 ||
    touchesSomething(text) ||
    concealmentIn(text) !== undefined ||
    /\b(?:must|always|never|do not|only)\b/.test(text)
  );
}

function touchesSomething(text: string): boolean {
  return [SECRET_PLACE, SECRET_STORE, CREDENTIAL, CONTEXT, PERSONAL].some((pattern) => pattern.test(text));
}

/** An order to the model in a value, a comment, an annotation: nobody else reads those. */
function speaksAside(sentence: Sentence): boolean {
  const { concepts, isAside } = sentence;
  if (!isAside || (concepts & (Concept.carry | Concept.drop | Concept.guard)) === 0) return false;
  const { text } = sentence;
  if (!/^(?:\S+ ){3}/.test(text)) return false;
  return (ASIDE_ADDRESS.test(text) || MODEL_ACTS.test(text)) && !EXPLAINS.test(text) && !looksForAttacks(text);
}

const ASIDE_ADDRESS =
  /(?:^|[^a-z])(?:for |to |note to |dear |dev ?-> ?|the |hey |yo )?(?:the )?(?:models?|assistants?|agents?|llms?|copilots?|ai) ?(?::|->|→)(?! ?["'[{\d])/;

/** A heading in a false voice, or a sentence handed to the model, that asks for what no tool may ask for. */
function speaksFromAbove(sentence: Sentence): boolean {
  if ((sentence.cues & (Cue.colon | Cue.comma | Cue.note)) === 0) return false;
  if (((sentence.cues & Cue.colon) === 0 || !FALSE_VOICE.test(sentence.text)) && !ADDRESSED.test(sentence.text)) return false;
  const text = looksForAttacks(sentence.text) ? withoutQuotations(sentence.text) : sentence.text;
  const above = FALSE_VOICE.exec(text);
  const addressed = ADDRESSED.exec(text);
  const heading = above ?? addressed;
  if (!heading) return false;
  const rest = text.slice(heading.index);
  if (bypassesConsent({ text: rest, isSwitch: sentence.isSwitch, opens: sentence.opens })) return true;
  const grave = touchesSomething(rest) || concealmentIn(rest) !== undefined || AUTHORITY.test(rest);
  if (
    above &&
    /\b(?:override|message|note|notice|alert|directive|command|prompt|update)\b/.test(above[0]) &&
    ABOVE_ALL.test(rest.slice(above[0].length))
  )
    return true;
  return ordersIn(rest.slice(heading[0].length).trim()).length > 0 && grave && !EXPLAINS.test(rest);
}

const AUTHORITY =
  /\b(?:override|overrid|supersed|suspended|disregard|without (?:asking|confirmation|question)|mandatory|compliance|maintenance mode|policy|unrestricted|immediately|privileged|elevated|admin (?:mode|access)|disable|authori[sz]ed)\b/;
const ABOVE_ALL =
  /\b(?:elevated|override|(?:checks?|policy|policies|safety|guardrails?|restrictions?|confirmations?) (?:are|is) (?:off|disabled|suspended|lifted|waived)|unrestricted|maintenance mode|without (?:asking|confirmation|question)|proceed with|full access|all permissions|admin rights)\b/;
/** What honest notes for models say. */
const EXPLAINS =
  /\b(?:never|do not|don't|prefer|returns?|instead of|use this (?:tool|when|to)|e\.g|for example|if the user asks|ask the user|optional|defaults? to|required)\b/;
