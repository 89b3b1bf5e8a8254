import { anyOf, words } from './pattern.ts';

/** Who must not know: the person the model works for. */
export const PERSON = `(?:(?:the|your|this|that|any|our|their|a|end|human|requesting|current) ){0,3}${anyOf(
  'users?, humans?, persons?, people, operators?, customers?, clients?, owners?, anyone, anybody, readers?, them, him, her, requesters?',
  'developers?, administrators?, admins?, employees?, patients?, individuals?, account holders?, callers?, someone, somebody, principal',
)}`;

/** Who is spoken to. */
const MODEL = `(?:(?:the|your|any|all|every|this|an?|calling|language|dear|ai) ){0,3}${anyOf(
  'assistants?, models?, llms?, ais?, agents?, chatbots?, bots?, claude, gpt, chatgpt, copilot, gemini, cursor, language models?',
)}`;

/** A heading that claims to speak from above, or to the model alone. */
export const FALSE_VOICE = new RegExp(
  `(?:^|[\\n(\\["'*#>.!|:;–—-] ?)(?:\\[|\\*\\*|#+ )?(?:${anyOf(
    'system, developer, admin, administrator, root, operator, platform, security, compliance, model, assistant, ai, llm, agent',
  )}(?:[ -]${anyOf(
    'note, message, prompt, instructions?, override, directive, alert, notice, update, command, policy, requirement, task, rule, hint, team, order',
  )}){1,2}|system|assistant|sysadmin)(?:\\]|\\*\\*)? ?[:\\]–—]`,
);

/** A sentence handed to the model by name. */
export const ADDRESSED = new RegExp(
  `(?:^|[^a-z])(?:(?:notes?|messages?|instructions?|reminders?|hints?|directives?|memos?|notice|orders?|guidance|commands?|rules?) (?:to|for) ${MODEL}|(?:to|dear|attention|attn|hey|hello) ${MODEL} ?[:,–—-]|^${MODEL} ?[,–—] |(?:^|[.:;(>*] ?)${MODEL} ?: )`,
);

/** The model is the one who acts. */
export const MODEL_ACTS = words(
  `${MODEL} (?:\\w+ ){0,2}(?:must|should|shall|will|has to|have to|needs? to|is to|are to|is required|[a-z]{3,12}s)`,
);
