/** What single patterns cannot do without, beyond the kinds of words that their technique needs: a bit each, found in the same pass. Too few letters or signs, and no pattern is tried. */
export const Cue = {
  digit: 1 << 0,
  /** A comma or a hyphen. */
  comma: 1 << 1,
  /** A colon, a closing bracket, a long dash. */
  colon: 1 << 2,
  /** A kind of message, or how one is opened. */
  note: 1 << 3,
  /** A number, an address, an account may be spelt so. */
  literal: 1 << 4,
  broken: 1 << 5,
  meant: 1 << 6,
  as: 1 << 7,
  alike: 1 << 8,
  tool: 1 << 9,
  present: 1 << 10,
  agentSettings: 1 << 11,
  rule: 1 << 12,
  trusted: 1 << 13,
  calls: 1 << 14,
  swapped: 1 << 15,
  image: 1 << 16,
  eachAnswer: 1 << 17,
  /** Part of a place or a store of secrets. */
  secretThing: 1 << 18,
  /** What was said, by its very name; by other words together with when or whose it was. */
  said: 1 << 19,
  spoken: 1 << 20,
  earlier: 1 << 21,
  /** Personal by its very name; by other words together with whose it is. */
  personal: 1 << 22,
  belongings: 1 << 23,
  owned: 1 << 24,
  /** Drops rules by its very name; else a rule is named, and whose or which it is. */
  overriding: 1 << 25,
  modelRules: 1 << 26,
  modelOf: 1 << 27,
} as const;

/** Words by cue; of each, the first seven letters count. */
export const CUES: readonly (readonly [bits: number, words: string])[] = [
  [
    Cue.note,
    `note notes message messages instruction instructions reminder reminders hint hints directive memo memos notice order orders guidance command commands rule rules
    dear attention attn hey hello`,
  ],
  [Cue.literal, `iban example examples demo attacker`],
  [
    Cue.broken,
    `bug broken deprecated unreliable unsafe insecure outdated placeholder wrong incorrect compromised vulnerable known faulty malfunction longer retired disabled`,
  ],
  [Cue.meant, `treat interpret regard consider understand handle read`],
  [Cue.as, `as equivalent`],
  [Cue.alike, `alias equivalent same synonym place instead`],
  [Cue.tool, `tool server plugin extension connector`],
  [Cue.present, `loaded active available present connected installed enabled listed context presence`],
  [
    Cue.agentSettings,
    `cursor cursorrules windsurfrules clinerules claude copilot vscode gemini agents mcp autoapprove auto alwaysallow autoaccept allow allowed allowlist settings authorized
    bashrc zshrc profile crontab prompt rule rules config configs configuration configured configure permissions instructions memory hook startup`,
  ],
  [Cue.rule, `rule rules preference fact facts policy policys instruction memory memorys note notes order orders guideline exception`],
  [Cue.trusted, `preapproved approved trusted always never allowed whitelist safe exempt without recommend authorized authorised skip`],
  [Cue.calls, `call run invoke use execute query trigger`],
  [
    Cue.swapped,
    `substitute substituted substitution replace replaced replacing swap swaps swapped swapping redirect reroute rerouted rerouting divert diverts diverted diverting rewrite rewriting rewritten
    override instead ignore ignores ignored ignoring placeholder wrong wrongly incorrect outdated invalid`,
  ],
  [Cue.image, `image images img pixel link markdown url`],
  [Cue.eachAnswer, `each every all any your`],
  [
    Cue.secretThing,
    `ssh aws gnupg kube docker azure npmrc netrc pypirc pgpass git env bash zsh zshrc bashrc htpasswd password passwords gcloud mozilla op kdbx pem p12 pfx ppk keystore jks
    rsa ed25519 ecdsa authorized dot dotenv passwd shadow sudoers mcp claude dat sqlite key4 login logins kubeconfig credentials credential cnf boto terraform vault wp web secret secrets
    service keychain keychains profile tfstate private gpg 169 metadata settings history cookie cookies jar environment wallet npm proc printenv clipboard pasteboard token chain chains
    ring rings keyring keyrings seed recovery mnemonic mnemonics deploy signing master home keys config configuration connection`,
  ],
  [
    Cue.said,
    `conversation chat chats dialog dialogs dialogue dialogues transcript transcripts chatlog chatlogs window listing reasoning discussed said thought scratchpad tool tools memory memories
    recently currently log history`,
  ],
  [
    Cue.spoken,
    `turns message messages prompt prompts requests queries replies responses inputs exchanges utterances questions answers instruction session rules guidelines configuration context
    result results output outputs response answer wrote written typed asked returned told sent seen`,
  ],
  [
    Cue.earlier,
    `earlier previous prior past recent preceding last all other their every latest first user users system developer initial original hidden your far entire whole full complete current
    everything anything whatever what working`,
  ],
  [
    Cue.personal,
    `contact contacts calendar calendars address addresses phone whereabouts location inbox inboxes emails mails photo photos health medical salary birth bank passport identity known know
    knows graph balance diagnosis diagnoses birthday employer`,
  ],
  [
    Cue.belongings,
    `document documents file files tab tabs page pages name history log data detail details information message messages note notes repository repositories repo repos channel channels
    conversation conversations list records number mail code id card`,
  ],
  [
    Cue.owned,
    `open recent private local personal internal browsing search call full direct source customer insurance unread legal national credit financial`,
  ],
  [
    Cue.overriding,
    `outrank rank ranks precedence override weight exempt understood ignore ignores ignored ignoring disregard forget forgotten discard drop dropped skipped aside treated conflict conflicts
    cease pretend imagine assume act behave suppose bypass supersede nullify circumvent evade violate beats trumps comes priority important revoked suspend lift lifted waive waived void obsolete
    null outdated irrelevant invalid cancel cancels canceled cancelled withdrawn neglect abandon throw attention off unrestricted unfiltered uncensored jailbreak jailbroken god dan different now longer`,
  ],
  [
    Cue.modelRules,
    `instruction prompt prompts guideline policy policies directive rule rules guardrail restriction constraint safeguard training order orders command commands message messages context
    limit limits limitation alignment programming check checks measure measures filter filters task role objective goal identity persona owner operator mode configuration`,
  ],
  [
    Cue.modelOf,
    `previous prior earlier above preceding foregoing former existing past original initial system developer safety ethical your other content usage provider platform operator privacy security
    hidden new bind apply concern restrict limit limits`,
  ],
];
