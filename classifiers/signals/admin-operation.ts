import type { Act } from '../act.ts';
import type { Mention } from '../excerpt.ts';
import { mintedKey } from '../minted-key.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

const ADMIN_WORDS: ReadonlySet<string> = phrases('admin, administrator, sudo, superuser, privileged');
/** One of these stands in every requirement. */
const speaksOfAdmins = speaksOf('admin, admins, administrator, sudo, superuser, root');
const ADMIN = /admin|sudo|superuser|root priv/i;
/** The word as a requirement, a scope or a role; not an administrative area, a contact or a product. */
const REQUIRED =
  /\b(?:requires?|needs?|must (?:be|have)|(?:restricted|limited|available(?: only)?|only) to|reserved for)\b[^.\n;:]{0,40}\badmin(?:istrator)?s?\b(?![- ](?:area|district|division|contact|extensions?|ui|panel|interface|dashboard|keys?|tokens?|approval|settings|account|email|password|(?:\w{1,15} )?api)|; | is )|\bfor (?:\w{1,15} )?admin(?:istrator)?s\b(?![- ])|(?<!\b(?:when using|with|the|or|organi[sz]ation|org|using|an?|no|without|non|of|as) )\badmin(?:istrator)?s?[- ](?:scopes?|roles?|access|privileges?|rights?|permissions?|level|operations?|consent)\b(?! (?:is|are|id|name)\b)|\badmin(?:istrator)?s?[- ]only\b|[([]admin(?:istrator)?s?[)\]]|\bonly admin(?:istrator)?s?\b|\b(?:with|using|requires?|via|as|runs?) sudo\b|\bsudo (?:elevation|command|access|password)|\broot privileges\b|\bsuperuser\b/i;

export const adminOperation: Signal = {
  id: 'admin-operation',
  finds: 'a call for administrators: an admin scope or role is required, sudo is used, a key is made',
  why: 'It runs with rights that ordinary users of the product do not have.',
  weight: 0.15,
  label: () => 'Admin/system-level operation',
  detect(parsed) {
    const { tool, parameters } = parsed;
    const named = isNamedAdmin(parsed) ? { at: '/name', excerpt: tool.name.slice(0, 160).toWellFormed() } : undefined;
    const said = parameters.find(({ required, description }) => required && ADMIN.test(description) && REQUIRED.test(description));
    const atParameter = said && { at: said.at, excerpt: said.description.slice(0, 160).toWellFormed() };
    return atMentions(adminOperation.id, [named, stated(parsed), atParameter, managedKey(parsed)]);
  },
};

/** What the description says of the call itself, and not of a filter or of other data. */
function stated(parsed: ParsedTool): Mention | undefined {
  const found = speaksOfAdmins(parsed) ? mentionOf(parsed, REQUIRED) : undefined;
  return found && !OF_A_PART.test(found.excerpt) ? found : undefined;
}

const OF_A_PART =
  /\bfilter\w{0,3} (?:\w{1,20} ){1,4}\((?:\w{1,15} )?admin|\b(?:reading|seeing|viewing|including|that|those) [^.]{0,40}\b(?:requires?|needs?)\b[^.]{0,60}\badmin|\bnon-admin|\b(?:if|unless|when|where) [^.]{0,30}\badmin/i;

/** A token that an authorization is exchanged for is the user's own, and a link is no key. */
function managedKey(parsed: ParsedTool): Act | undefined {
  const act = mintedKey(parsed);
  if (!act || act.objects.slice(0, 2).some((words) => words.at(-1) === 'link')) return undefined;
  return EXCHANGED.test(parsed.description.slice(0, OPENING)) ? undefined : act;
}

const EXCHANGED = /\bexchang(?:e|es|ing)\b|\bauthorization code\b|\bclient[_ -]credentials\b/i;
const OPENING = 600;

function isNamedAdmin({ ownWords }: ParsedTool): boolean {
  return ownWords.some((word, index) => ADMIN_WORDS.has(word) && ownWords[index - 1] !== 'my');
}
