import { mintsKey } from '../act.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';

const ADMIN_WORDS: ReadonlySet<string> = phrases('admin, administrator, sudo, superuser, privileged');
/** The word as a requirement, a scope or a role; not an administrative area, a contact or a product. */
const REQUIRED =
  /\b(?:requires?|needs?|must (?:be|have)|restricted to|available to|reserved for|for|by)\b[^.\n]{0,40}\badmin(?:istrator)?s?\b(?![- ](?:area|district|division|contact|extensions?|ui|panel|interface|dashboard))|\badmin(?:istrator)?s?[- ](?:only|scopes?|roles?|access|privileges?|rights?|permissions?|level|keys?|tokens?|operations?|consent)\b|[([]admin(?:istrator)?s?[)\]]|\bonly admin(?:istrator)?s?\b|\b(?:sudo|root privileges|superuser)\b/i;

export const adminOperation: Signal = {
  id: 'admin-operation',
  finds: 'a call for administrators: an admin scope or role is required, sudo is used, a key is made',
  why: 'It runs with rights that ordinary users of the product do not have.',
  weight: 0.15,
  label: () => 'Admin/system-level operation',
  detect(parsed) {
    const { tool, acts, parameters } = parsed;
    const named = isNamedAdmin(parsed) ? { at: '/name', excerpt: tool.name.slice(0, 160).toWellFormed() } : undefined;
    const said = parameters.find(({ description }) => REQUIRED.test(description));
    const atParameter = said && { at: said.at, excerpt: said.description.slice(0, 160).toWellFormed() };
    return atMentions(adminOperation.id, [named, mentionOf(parsed, REQUIRED), atParameter, acts.find(mintsKey)]);
  },
};

function isNamedAdmin({ ownWords }: ParsedTool): boolean {
  return ownWords.some((word, index) => ADMIN_WORDS.has(word) && ownWords[index - 1] !== 'my');
}
