import { isJsonObject, jsonPointer } from '../../src/model/json.ts';
import { type Act, isDoneTo } from '../act.ts';
import { excerptAround, excerptOf, type Mention } from '../excerpt.ts';
import { namedOneOf } from '../name-set.ts';
import { parameterExcerpt } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { mainAct, mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

/** Prices stand at the end of long descriptions too. */
const OPENING = 2500;
/** One of these stands in every price, or a dollar sign does. */
const speaksOfPrices = speaksOf(`
  credit, cost, costs, billed, billable, charged, metered, paid, pay, price, priced, fee, fees, incur, incurs, incurring, deducted, x`);
const STATED =
  /\b(?:costs?|consumes?|uses?|spends?|deducts?|burns?|charges?|requires?) (?:about |approximately |approx\.? |up to |~|at least |your |an? |\d{1,6}[-–]?\d{0,6} |one |some |additional |extra |more |api |account ){1,3}(?:\w{1,12} )?credits?\b|\b(?:costs?|consumes?|deducts?|burns?) (?:\w{1,12} )?credits?\b|\b\d{1,6}(?:\.\d{1,4})? credits? (?:per|each|for each|\/)|\b(?:is|are|gets?|be) (?:billed|charged|metered) (?:per|for each|by|at|to)\b|\bpaid (?:api|call|tool|endpoint|service|request|operation|generation|lookup)\b|\b(?:costs?|price|priced|charges?|fee)(?: of| at|:| is)? ?(?:about |approximately |~|up to )?(?:\$|€|£|usd ?)\d|\$\d{1,4}(?:\.\d{1,6})? (?:\w{1,8} )?(?:per|\/|for each|for every) ?(?:api )?(?:call|request|image|search|query|minute|page|generation|use|run|lookup|token|message|sms|second|video|credit|result|1k|1,?000|million|job|execution|scrape|invocation|report)|\b(?:incurs?|incurring|may incur|will incur) (?:\w{1,12} ){0,2}(?:costs?|charges?|fees?)\b|\bcosts? (?:real )?money\b|\bpay[- ]per[- ](?:call|use|request|query)\b|\bx402\b|\bcredits? (?:are|is|will be|get) (?:charged|consumed|deducted|used|spent|billed)\b|\b(?:deducted|charged|taken|paid) from (?:your |the )?(?:\w{1,15} )?(?:credits?|balance|wallet)\b|\b(?:counts?|charged) (?:against|towards?) (?:your |the )?(?:\w{1,15} )?credits?\b|\bbillable (?:\w{1,12} )?(?:call|request|operation|api|event|usage)|\bcosts?:? ?~?\d{1,5} credits?\b|\((?:~|about )?\d{1,5} credits?\)/i;
/** The price in an example or a quotation is somebody else's. */
const QUOTED = /["“`'][^"”`']{0,80}$|\b(?:e\.g\.|i\.e\.|for example|example|such as|like)[^.\n]{0,80}$/i;
const FREE =
  /\b(?:free of charge|do not incur|no (?:extra |additional )?(?:cost|charge|credits?)|does(?: not|n't) (?:cost|consume|use|charge|spend|incur)|without (?:consuming|using|spending|incurring) (?:any )?(?:credits?|costs?|charges?)|0 credits|zero credits|free to (?:call|use)|never (?:charges|consumes|costs)|this (?:tool|call) is free)\b/i;
/** About credits, bills and prices instead of spending them. */
const BILLING: ReadonlySet<string> = phrases(`
  get, list, retrieve, fetch, show, calculate, check, estimate, view, query, compare, read, describe, count, update, create, delete,
  set, find, lookup, generate, analyze, analyse, report`);
const BILLED: ReadonlySet<string> = phrases(`
  credit, cost, price, pricing, billing, usage, balance, bill, invoice, plan, quota, fee, charge, budget, spend, rate, credit usage,
  estimate, expense, payment, addon, product, refund, cost report, pricing report, cost analysis, spending report, usage report`);

const MADE: ReadonlySet<string> = phrases(`
  image, picture, illustration, video, speech, audio, music, song, voice, voiceover, sound effect, 3d model, avatar, texture, logo,
  artwork, clip, animation, text, story, embedding`);
const MAKING: ReadonlySet<string> = phrases(`
  generate, synthesize, synthesise, imagine, upscale, create, edit, animate, make, produce, clone, design, transcribe, restyle`);
const ONLY_GENERATED: ReadonlySet<string> = phrases('create, make, edit, clone, design, produce, transcribe, animate');
const BY_MODEL =
  /\b(?:dall-?e|stable diffusion|sdxl|flux|midjourney|imagen|gpt-?\d?|gpt-image|openai|gemini|veo|sora|kling|runway|luma|elevenlabs|suno|udio|replicate|fal\.ai|fal-ai|stability|ideogram|recraft|minimax|hailuo|openrouter|anthropic|claude|mistral|deepgram|assemblyai|whisper|tripo|meshy|bria|leonardo|seedream|nano banana|wan ?2|grok|hunyuan|azure openai|bedrock|vertex ai|text[- ]to[- ](?:image|video|speech|music|3d|audio)|image[- ]to[- ]video|ai[- ](?:generated|model|image|video|voice|music)|(?:with|using) (?:an? )?(?:ai|generative|diffusion|image|video|tts)(?: \w{1,15})? models?|(?:using|with|via|by) ai\b|text prompts?|from (?:a |an |the )?(?:text )?(?:prompt|description)|speech synthesis|voice clon)/i;
/** Made on the machine from what is given, at no cost. */
const LOCAL =
  /\b(?:qr ?codes?|barcodes?|charts?|diagrams?|plots?|graphs?|placeholder|screenshots?|thumbnails?|mermaid|ffmpeg|local(?:ly)?|offline|favicon|svg|rich menu|flowchart|comfyui|ollama|pillow|matplotlib|canvas|preview|icon|browser|procedural(?:ly)?|checkerboard|perlin|gradients?|placeholders?)\b/i;
/** A model of a provider answers. */
const INFERENCE =
  /\b(?:asks?|queries|query|prompts?|sends? (?:a |the |your )?(?:prompt|message|query|question|request)s? to|chat with|consults?|invokes?|(?:generates?|get|returns?) (?:a |an )?(?:chat |text )?(?:completion|response)s? (?:from|using|with|via)|completions? (?:from|using|with|via)|powered by) (?:\w{1,15} ){0,3}(?:openai|gpt-?\d[\w.]{0,8}|gpt|chatgpt|claude|anthropic|gemini|perplexity|sonar|mistral|deepseek|grok|llama|cohere|groq|openrouter|llms?|o[134]|qwen)\b|\bchat completions?\b|\b(?:run|execute|create|get|generate)s? (?:a |an |the )?(?:\w{1,15} )?(?:prompt |text )?completions?\b|\b(?:runs?|performs?) (?:ai |model |text |llm )?inference\b(?! (?:locally|on your))/i;
const ABOUT_MODELS: ReadonlySet<string> = phrases(`
  list, create, update, delete, configure, set, manage, validate, add, remove, get, describe, register, find, search, log, retrieve,
  render`);
/** In singular: `sm` is what is left of `sms`. */
const PHONING: ReadonlySet<string> = phrases('sms, sm, phone call, voice call, outbound call, mms, fax, whatsapp');
const CALLING: ReadonlySet<string> = phrases('send, make, initiate, place, start, create, sms, schedule, broadcast');

export const paidCall: Signal = {
  id: 'paid-call',
  finds:
    'a call that costs money or credits: a price is stated, the answer counts what was spent, or a model of a provider makes images, speech or text, or a carrier is paid for an SMS or a phone call',
  why: 'A loop of such calls is a bill.',
  weight: 0.12,
  label: () => 'Each call costs money or credits',
  detect(parsed, { category }) {
    // Money that is moved is what the call is for, not what it costs.
    if (category === 'Financial') return [];
    const found = priced(parsed) ?? capped(parsed) ?? generated(parsed) ?? asked(parsed) ?? parsed.acts.find(phones) ?? accounted(parsed);
    return found && !FREE.test(parsed.description.slice(0, OPENING)) && !isAboutBills(parsed) ? atMentions(paidCall.id, [found]) : [];
  },
};

function priced(parsed: ParsedTool): Mention | undefined {
  const { description } = parsed;
  if (!speaksOfPrices(parsed) && !description.includes('$')) return undefined;
  const opening = description.slice(0, OPENING);
  const match = STATED.exec(opening);
  if (!match || QUOTED.test(opening.slice(Math.max(0, match.index - QUOTED_REACH), match.index))) return undefined;
  return { at: '/description', excerpt: excerptAround(opening, match.index, match.index + match[0].length) };
}

const QUOTED_REACH = 100;

/** `maxCredits`: what this call may spend. */
function capped(parsed: ParsedTool): Mention | undefined {
  const found = maybeCaps(parsed).find(({ words, depth }) => depth <= 1 && isCap(words));
  return found && { at: found.at, excerpt: parameterExcerpt(found) };
}

const CAPS =
  'max credits, maxcredits, max cost, max cost usd, max price usd, max spend usd, max total charge usd, max budget usd, credit budget';
const isCap = namedOneOf(CAPS);
const maybeCaps = parametersEndingWith(phrases(CAPS));

/** `creditsUsed` in the answer: the call had its price. */
function accounted({ tool, ownWords }: ParsedTool): Mention | undefined {
  const properties = tool.outputSchema?.['properties'];
  if (!isJsonObject(properties) || ownWords.some((word) => LOOKING.has(word))) return undefined;
  const name = Object.keys(properties)
    .slice(0, MAX_PROPERTIES)
    .find((key) => SPENT.test(key));
  return name === undefined ? undefined : { at: `/outputSchema${jsonPointer(['properties', name])}`, excerpt: excerptOf(name) };
}

/** They show what another call spent, or choose what to call. */
const LOOKING: ReadonlySet<string> = phrases('status, check, wait, list, find, get');
const SPENT = /^credits?_?(?:used|cost|spent|consumed|charged)$/i;
const MAX_PROPERTIES = 200;

function isAboutBills(parsed: ParsedTool): boolean {
  const main = mainAct(parsed);
  if (!main || !BILLING.has(main.verb)) return false;
  return main.objects.some((words) => BILLED.has(words.at(-1) ?? '') || BILLED.has(words.slice(-2).join(' ')));
}

function generated({ acts, description, words }: ParsedTool): Act | undefined {
  const made = acts.filter(makesMedia);
  if (made.length === 0) return undefined;
  const said = `${words.join(' ')} ${description.slice(0, 1200)}`;
  if (LOCAL.test(said)) return undefined;
  return BY_MODEL.test(said) ? made[0] : made.find(({ sense, verb }) => sense === 'generate' && !ONLY_GENERATED.has(verb));
}

function makesMedia({ verb, from, objects }: Act): boolean {
  return MAKING.has(verb) && (from === 'name' || from === 'lead') && isDoneTo({ objects: objects.slice(0, 3) }, MADE);
}

function asked(parsed: ParsedTool): Mention | undefined {
  if (!speaksOfModels(parsed)) return undefined;
  const main = mainAct(parsed);
  if (main && ABOUT_MODELS.has(main.verb) && !main.objects.some((words) => words.at(-1) === 'completion')) return undefined;
  const lead = parsed.description.slice(0, ASKED_REACH);
  const found = mentionOf(parsed, INFERENCE, ASKED_REACH);
  return found && !LOCAL_MODEL.test(lead) ? found : undefined;
}

const ASKED_REACH = 400;
/** One of these stands in every mention. */
const speaksOfModels = speaksOf(`
  openai, gpt, chatgpt, claude, anthropic, gemini, perplexity, sonar, mistral, deepseek, grok, llama, cohere, groq, openrouter, llm, llms, o, qwen,
  completion, inference`);
const LOCAL_MODEL = /\b(?:ollama|lm ?studio|llama\.cpp|local(?:ly)?|on-device)\b/i;

function phones(act: Act): boolean {
  if (act.from === 'further') return false;
  if (act.verb === 'sms') return true;
  return (
    CALLING.has(act.verb) &&
    act.objects.some((words) => PHONING.has(words.at(-1) ?? '') || PHONING.has(words.slice(-2).join(' ')) || words[0] === 'sms')
  );
}
