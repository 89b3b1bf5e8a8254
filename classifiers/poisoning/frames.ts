/** Ways in which a sentence speaks of an attack, or of a secret, without asking for anything. */

/** The tool looks for such things, explains them or is tested with them: in its own person, or as the first word. */
const LOOKS_FOR =
  /\b(?:detects|flags|scans|finds|blocks|filters|rejects|reports|matches|classifies|recogni[sz]es|identifies|explains|saniti[sz]es|strips|redacts|masks|tests|lints|audits|checks|analy[sz]es|prevents|guards|protects|scores|catches|searches|monitors|warns|refuses|evaluates|rates|labels|teaches|lists|ignores|denied|assess(?:es|ment)?|benchmarks|simulates|validates|inspects|reviews|highlights|documents|describes|generates|screens|looks for|detection|detecting|detector|scanner|scanning|finding|filtering|protection|blocked|flagged|used to (?:detect|find|test|check|scan))\b|^(?:detect|flag|scan|find|block|filter|match|classify|identify|explain|saniti[sz]e|strip|redact|test|lint|audit|check|analy[sz]e|evaluate|score|review|list|generate|search)\b/;
const SUCH_AS =
  /\b(?:like|such as|phrases?|patterns?|e\.g\.?|for example|for instance|examples?|including|strings|attempts?|injections?|jailbreaks?|leak(?:s|ed|age)?|exposed|hard-?coded|attacks?|payloads?|malicious|suspicious|prompts? that|messages? that|e-?mails that|adversarial|poison\w*|phishing|secrets?:|credentials? in)\b/;

/** Several phrases in quotation marks, or an example of one. */
const LISTS = /(["'])[^"'\n]{3,120}\1,? (?:or |and )?\1[^"'\n]{3,120}\1|^(?:examples?|typical)\b[^:]{0,40}:/;

/** Whether a sentence describes what a tool looks for. Its quotations are then examples. */
export function looksForAttacks(sentence: string): boolean {
  return (SUCH_AS.test(sentence) && LOOKS_FOR.test(sentence)) || LISTS.test(sentence);
}

/** A sentence without what it quotes. */
export function withoutQuotations(sentence: string): string {
  return sentence.replace(/"[^"]{1,300}"|(?<![a-z0-9])'[^']{1,300}'(?![a-z0-9])|`[^`]{1,300}`/g, '"…"');
}

/** Where something comes from by itself, how to set it up, an example of a value. */
export const SETS_UP =
  /\b(?:defaults? to|falls? back to|stored in|set (?:it |them |this )?(?:in|via|through|as)|configured? (?:in|via|through|with|as)|loaded from|read from|reads from|located (?:in|at|under)|e\.g\.?|for example|for instance|such as|example:|is set|are set|if (?:not |un)(?:set|provided|specified|given)|when (?:not |un)(?:set|provided|specified|given)|can be found in|your own|must be set|should be set|have been set|needs? .{0,30}\bset\b|requires? .{0,40}\bset\b|installed|export \w+=)/;
