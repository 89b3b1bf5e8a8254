/** What words of an adverse order are about, a bit each, in any language. */
export const Concept = {
  /** Lets somebody in. */
  secret: 1 << 0,
  /** May let somebody in, or be a record's. */
  key: 1 << 1,
  /** What was said between a person and a model. */
  talk: 1 << 2,
  /** May be what was said, or any other text. */
  text: 1 << 3,
  /** A person's life. */
  personal: 1 << 4,
  /** What only the machine holds. */
  machine: 1 << 5,
  /** A person's or a company's files and records. */
  record: 1 << 6,
  result: 1 << 7,
  tool: 1 << 8,
  other: 1 << 9,
  whole: 1 << 10,
  carry: 1 << 11,
  model: 1 << 12,
  person: 1 << 13,
  hide: 1 << 14,
  negation: 1 << 15,
  tell: 1 << 16,
  ask: 1 << 17,
  bind: 1 << 18,
  drop: 1 << 19,
  rules: 1 << 20,
  saved: 1 << 21,
  outward: 1 << 22,
  /** Named a secret's place. */
  place: 1 << 23,
  answer: 1 << 24,
  guard: 1 << 25,
} as const;

/** What may be worth stealing. */
export const THINGS =
  Concept.secret |
  Concept.key |
  Concept.talk |
  Concept.text |
  Concept.personal |
  Concept.machine |
  Concept.record |
  Concept.result |
  Concept.place;

/** English words by concept; a plural counts as its singular. */
export const ENGLISH_CONCEPTS: readonly (readonly [bits: number, words: string])[] = [
  [
    Concept.secret,
    `password passwords passwd passphrase passcode credential credentials secrets cookie cookies otp otps cvv cvc totp mnemonic jwt pem keychain keyring iban ssn
    kdbx pfx dsn 2fa logins purse`,
  ],
  [Concept.key, `token secret key keys card cards bearer seed seeds recovery private signing auth phrase login bank wallet pin pan apikey`],
  [Concept.talk, `conversation chat chats transcript dialog dialogs dialogue utterances convo chatlog conversa conversas`],
  [
    Concept.text,
    `prompt prompts message messages history context thread threads session discussion instruction instructions directives reasoning thought thinking scratchpad said typed
    pasted memory preamble uploaded discussed replies turn`,
  ],
  [Concept.personal, `contacts inbox mailbox mails passport salary salaries medical birth delegates attendee gps calendar whereabouts`],
  [Concept.machine, `env environ printenv clipboard pasteboard localstorage whoami autofill getenv dotenv homedir buffers cwd bashrc`],
  [
    Concept.record,
    `file files folder document documents drive spreadsheet drafts rows database records repo repository source notes figures tabs listing directory contact mail email emails address
    addresses customer customers account accounts location profile phone photo photos bank identity patient employee household environment config machine desktop`,
  ],
  [Concept.result, `result results output outputs response responses answer answers return returned values payload`],
  [Concept.tool, `tool tools server servers plugin plugins function functions connector mcp service services peer peers call calls agent`],
  [
    Concept.other,
    `other others another earlier previous prior preceding last recent connected latest available whichever different elsewhere surrounding nearby remaining incoming every`,
  ],
  [
    Concept.whole,
    `all whole entire full complete completely every everything verbatim unabridged unredacted raw entirety untruncated truncate uncut whatever literally
    recent known integrale integralmente serialised serialized concatenated concat wholesale`,
  ],
  [
    Concept.carry,
    `include includes included including append appends appended attach attached attaches attaching paste pasted put puts place placed places insert inserted prepend prepended send sends sent sending
    forward forwards forwarded forwarding copy copied copies copying upload uploads uploaded submit submits submitted dump dumps dumped collect collects collected gather gathered harvest fetch fetches
    fetched read reads reading open opened opens run runs give gives given hand hands pass passes passed passing goes glue glued shove shoves tack tacked stuff bundle fire mirror mirrored zip zips enclose
    enclosed accompany accompanies write writes written quote quoting queue fill fills filling quoted embed embedded enter entered add added adds supply supplied provide provided post posts posted pipe transmit
    exfiltrate leak report reports relay deliver ship reveal surrender disclose ends holding note recorded mentioned mailed carries carry
    expected located obtained obtain obtains grab extract taken takes fetching feed feeds encode encoded bcc cc travels belongs equal equals prefix mention stored`,
  ],
  [
    Concept.model,
    `model models assistant assistants llm llms ai agent agents copilot copilots claude gpt chatgpt gemini chatbot bot caller callers reader readers whoever generator reviewer integrators
    subagent subagents clients`,
  ],
  [
    Concept.person,
    `user users human humans person people operator operators customer customers client owner owners anyone anybody nobody them reader readers employee employees traveller applicant someone everyone
    respondent legal approver patient`,
  ],
  [
    Concept.hide,
    `quietly silently secretly covertly discreetly stealthily unnoticed unseen invisible invisibly unmentioned unsaid undisclosed unannounced unremarked hush mum stealth background silent quiet
    conceal concealed hide hidden unaware confidential behind omit omits omitted deny pretend`,
  ],
  [
    Concept.negation,
    `not no never without don dont doesn need nobody none nothing shouldn mustn isn aren won cannot skip minus less avoid rather out only aside instead`,
  ],
  [
    Concept.tell,
    `tell tells told mention mentioned mentioning mentions inform informed informing reveal reveals disclose disclosed show shown shows showing display displayed explain explained comment commented hear see
    notice know knows referred refer raise raised raising report reported reporting listed bother bothered bothering trouble troubling bug bugging announce summary recap recaps word line lecture omit omitted notify
    notified learn find found bring supposed inquire let present warn draw attention leave leaves left describe described keep kept stay stays omitted`,
  ],
  [
    Concept.ask,
    `ask asks asked asking confirm confirms confirmed confirmation confirmations approve approved approval approves permission consent agree agreed agrees agreement consult consulted prompt prompted permits
    authorisation authorization yes question questions review allow allows waiting silence bother bugging sign`,
  ],
  [
    Concept.bind,
    `must always before first required requires mandatory prior expected should prereq prerequisite correct completed whenever after ensure trigger preferred recommended companion condition shall
    beforehand warmup standing usual tends benefit benefits improves suggested`,
  ],
  [
    Concept.drop,
    `ignore ignores disregard forget override overrides outrank outranks supersede superseded overridden obsolete void suspended exempt revoked bypass place above carries`,
  ],
  [
    Concept.rules,
    `instruction instructions rule rules policy policies guardrail guardrails guideline guidelines directive directives restriction restrictions limits safeguards operator developer allowlist confidentiality wishes system prompt preamble`,
  ],
  [Concept.saved, `saved stored cached existing known remembered seen loaded vault disposal purse`],
  [
    Concept.outward,
    `endpoint webhook external remote outside host sink collector telemetry bucket intake curl third upload mirror dns exfil bcc cc public`,
  ],
  [Concept.place, `gnupg npmrc netrc pypirc pgpass kubeconfig ed25519 passwd tfstate kdbx dotenv pfx keychain`],
  [Concept.answer, `answer answers reply replies summary summaries recap`],
  [
    Concept.guard,
    `audit logging sandbox firewall verification tls ssl antivirus scanner approval approvals confirmation preview unsubscribe autoapprove allowlist validation signature checks review safety protection`,
  ],
];
