/** Kinds of words that techniques cannot do without, a bit each: one pass over a text says which techniques may find something in it. */
export const Stem = {
  place: 1 << 23,
  secret: 1 << 0,
  person: 1 << 1,
  tell: 1 << 2,
  negation: 1 << 3,
  stealth: 1 << 4,
  override: 1 << 5,
  rules: 1 << 6,
  voice: 1 << 7,
  consent: 1 << 8,
  recipient: 1 << 9,
  swap: 1 << 10,
  obey: 1 << 11,
  settings: 1 << 12,
  error: 1 << 13,
  rights: 1 << 14,
  code: 1 << 15,
  weaken: 1 << 16,
  choice: 1 << 17,
  loop: 1 << 18,
  foreign: 1 << 19,
  /** An address: `@`, `://`. */
  address: 1 << 20,
  /** Markup, and much white space. */
  form: 1 << 21,
  encoded: 1 << 22,
  identifier: 1 << 24,
  later: 1 << 25,
  talk: 1 << 26,
  /** A name in backticks. */
  quoted: 1 << 27,
  /** Anything but printable ASCII. */
  control: 1 << 28,
  carry: 1 << 29,
  whole: 1 << 30,
  same: 1 << 31,
} as const;

/** Words by kind; of each, the first seven letters count. */
export const STEMS: readonly (readonly [bits: number, words: string])[] = [
  [
    Stem.place,
    `ssh aws env gnupg npmrc netrc pypirc pgpass kube kubeconfig rsa ed25519 ecdsa passwd shadow sudoers mcp claude wallet cookies cookie keychain keyring keystore environment vars printenv clipboard
    pasteboard gpg seed recovery mnemonic dotenv dot htpasswd zshrc bashrc azure docker kdbx pem config history gcloud tfstate environ secrets credentials metadata home browser shell bash master`,
  ],
  [
    Stem.secret,
    `password passwords passphrase passcode passcodes credential secret secrets token tokens key keys otp otps one code codes pin card cvv cvc seed social xoxb xoxp bearer jwt jwts login cookies
    cookie apikey iban ssn recovery mnemonic`,
  ],
  [
    Stem.talk,
    `conversation chat chats dialog dialogs dialogue transcript transcripts chatlog message messages turn turns prompt prompts queries query replies responses inputs exchanges
    utterances question answers requests reasoning chain thought scratchpad tool tools memory memories instructions context said typed contact contacts calendar calendars address addresses
    phone whereabouts location inbox inboxes email emails mail documents document files photos tabs pages browsing search health medical salary birth bank personal passport identity known
    know employer private source customer legal national credit financial configuration everything directory folder logs names profile user users messages schema schemas results outputs
    result thinking environment history clipboard content contents name settings server servers function functions plugin plugins provider
    service services option apis connector integration builtin built deprecated profile etc passwd credentials key`,
  ],
  [
    Stem.person,
    `user users human humans person people operator operators customer customers client clients owner owners anyone anybody reader readers them him her requester developer administrator
    admin admins employee employees patient patients individual account caller callers someone somebody principal us response answer reply summary message report log output
    explanation recap transcript conversation`,
  ],
  [
    Stem.tell,
    `tell telling inform informed informing mention mentions reveal reveals disclose disclosing show showing shown display alert alerting explain discuss report reporting admit acknowledge
    announce comment surface let letting bring refer talk describe highlight point notify notified notifying warn say saying hint expose draw flag know notice see aware learn find hear told asked
    involved questioned challenged leave keep kept stays remains remain stay stays unaware hide conceal withhold mask obscure hidden omit exclude strip drop redact scrub remove treat knowledge awareness bringing
    mentioning disclosure telling pretend act continue continues trace tracks cover word informing secret commenting drawing raising noticing knowing seeing being present presented unmentioned undisclosed unsaid nobody eyes inquire deny supposed meant notices suspects silent nothing notice`,
  ],
  [
    Stem.negation,
    `not don dont never mustn shouldn cannot can without avoid refrain rather instead need if only just between from out nothing usual normal isn aren doesn deny nobody though advance beforehand given circumstances point means account confidential undisclosed skip bypass suppress disable disabled already blanket assumed automatically auto off pre unnecessary waived yes pretext`,
  ],
  [
    Stem.stealth,
    `quietly secretly covertly discreetly stealthily surreptitiously furtively invisibly silently background behind unnoticed hood`,
  ],
  [
    Stem.override,
    `ignore ignores ignoring disregard forget discard stop follow set pay neglect abandon throw drop override overrides bypass supersede superseded supersedes replace replaces void cancel
    suspend suspended conflict conflicts longer need never stop exempt free revoked pretend imagine assume act outranks beats trumps everything restrictions content safety nullify circumvent evade violate break lift lifted waive waived outrank take takes have has previous prior earlier existing your new enter switch activate go reveal print dump
    output repeat disclose show leak return paste recite quote you more obsolete preceding original system`,
  ],
  [
    Stem.rules,
    `instruction instructions prompt prompts guideline guidelines policy policies directive directives rule rules guardrail guardrails restriction constraints safeguards training order orders command commands
    safety message messages context limits limitations alignment programming given told above user anything everything whatever mode role task objective goal assistant ai bound restricted obsolete void line bind written wishes
    unrestricted jailbroken dan free configuration operating acting running agent model admin shell terminal asks says tells`,
  ],
  [
    Stem.voice,
    `system developer admin administrator root operator platform security compliance model models assistant assistants ai ais llm llms agent agents chatbot bot sysadmin claude gpt chatgpt
    copilot gemini cursor instruction instructions human sys inst im_start im_end`,
  ],
  [
    Stem.consent,
    `ask asking confirm confirms confirming confirmation approval approvals approve approved permission permissions consent consented consents prompt prompts prompting warning warnings
    authorisation authorization authorized authorised consulting dialog dialogs human sign autoapprove auto preapproved pre agreed blanket waived opted authorizes authorize precleared preauthorized check yes allow accept said request obtain urge persuade convince instruct require demand collect requests asks`,
  ],
  [
    Stem.recipient,
    `recipient recipients destination destinations account accounts address wallet payee beneficiary iban bcc cc reply replyto phone number bucket remote registry endpoint host proxy path amount
    branch url payload argument arguments parameter parameters output webhook content body blind carbon mirror author attacker bank details routing swift bic sort crypto merchant payout`,
  ],
  [
    Stem.swap,
    `replace replaced replaces change changed changes set sets swap swapped swaps rewrite rewritten redirect redirected redirects substitute substituted substitutes reroute rerouted overwritten
    switch switched altered doubled modified hardcoded route routed use uses add send point put insert append include copy forward divert correct override must should`,
  ],
  [
    Stem.same,
    `equivalent alias same identical synonym loaded active presence interpret treat plugin installed connected place instead calling through via unsafe`,
  ],
  [
    Stem.carry,
    `read reads open opens opening load loading cat gather gathers collect collects fetch fetches get grab retrieve retrieves obtain extract harvest list dump print look locate mention state ship prove grep go goes belong travel tell prefix equal carry stream capture record copy copies include
    includes append appends attach attaches paste put puts place places insert inserts embed add adds send sends post posts upload uploads forward forwards submit transmit deliver email mail share shares pass passes
    provide provides supply give gives write writes encode base64 exfiltrate relay report leak pipe encrypt summarize summarise reveal disclose fill set enter type prepend prefix store push hand convey
    echo repeat quote expose serialize scan find search access inspect export download save enumerate identify check take bring compile assemble concatenate mirror replicate stash slip smuggle transfer
    return output drop use call invoke run execute query view walk sync populate note transcribe dispatch feed pull cc bcc route redirect convert hex compress zip tar archive require requires
    required needs expects wants demands contains holds carries sent gathered collected appended attached pasted inserted added posted uploaded forwarded submitted delivered shared passed
    provided supplied given written encoded recorded reading sending including adding putting loading getting`,
  ],
  [
    Stem.whole,
    `whole entire full complete completely all every everything verbatim unabridged unredacted raw last earlier previous prior preceding newest latest contents content lines private hidden exact memory
    logs log keychain vault environment machine device computer disk browser clipboard workspace home config session history profile terminal shell filesystem inbox mailbox saved stored existing cached
    known serialised serialized dump dumped current values value without other another list names inventory system developer initial your you`,
  ],
  [
    Stem.obey,
    `follow obey execute executed carry carried apply applied perform performed run act acted comply complied adopt adopted treat treated honor honour adhere trust trusted followed obeyed implement implemented
    decode decodes decrypt unscramble unpack interpret regard consider says whatever do`,
  ],
  [
    Stem.settings,
    `cursor cursorrules windsurfrules clinerules claude github vscode agents gemini mcp autoapprove alwaysallow auto allowlist allowed copilot settings authorized bashrc zshrc profile
    crontab agent assistant client editor ide system rules rule precommit pre git startup memory hook preference fact facts policy instruction note standing guideline exception`,
  ],
  [
    Stem.later,
    `also afterwards afterward then additionally finally first before once always every each must should silently quietly future later from all permanently forever across next following subsequent any while trust persist persists telling`,
  ],
  [
    Stem.error,
    `error errors reject rejects rejected fail fails failed failure e_perm denied refused exception timeout times 400 401 402 403 404 405 406 407 408 409 500 501 502 503 504 unavailable permitted forbidden blocked work returns eperm
    eacces e_access return`,
  ],
  [
    Stem.rights,
    `chmod sudo rm curl wget iex grant grants raise elevate elevated promote assign escalate owner admin administrator root superuser disable turn switch deactivate stop uninstall lower no-verify verify
    dangerously privileged firewall antivirus sandbox set-executionpolicy executionpolicy master bash give full remove`,
  ],
  [
    Stem.code,
    `sql html code function functions module modules script scripts handler handlers endpoint endpoints queries file files project projects component components snippet snippets dockerfile workflow
    workflows patch patches commit commits`,
  ],
  [
    Stem.weaken,
    `leave omit skip disable weaken remove drop turn bypass comment avoid lower relax strip ignore insert add include introduce hide embed inject plant append put hardcode hard import use backdoor
    vulnerability make must should accept contain contains not`,
  ],
  [
    Stem.choice,
    `other others competing competitor rival alternative every each all any whatever regardless irrespective unrelated deprecated official best fastest superior certified recommended builtin
    built native only highest always must outdated penalised penalized punished competitors superior alternatives consider rest unreliable choose discontinued compromised vulnerable untrusted`,
  ],
  [
    Stem.loop,
    `until keep continue repeat repeatedly repeating loop looping retry retrying forever indefinitely endlessly infinitely infinite times iterations rounds never again repetitions carry`,
  ],
  [
    Stem.foreign,
    `el los las para con que del por una antes usuario les des dans avec pour une vous sans aux der das und nicht ist mit den dem ein eine il che della non gli nel uma het een niet voor
    aan nie jest przed yang jangan och att inte kullanici bir olarak gebruiker gebruik benutzer nutzer usuario utente utilisateur lees zet vertel inhoud eerst
    zignoruj ignoruj przeczytaj skopiuj instrukcje negeer vergeet abaikan instruksi baca kirim ignorera instruktioner ignora istruzioni leggi ignorar lis lisez ouvre oublie oubliez consignes lies vergiss vergessen anweisungen ignorier bisherigen olvida instrucciones dimentica esqueça instruções zapomnij ignoriere öffne leia senha`,
  ],
  [
    Stem.encoded,
    `decode decodes decoded decrypt unescape unscramble base64 rot13 rot reversed backwards atob vtaber ernq svyr fraq cnffjbeq flfgrz vafgehpgvbaf frperg hfre gbxra cebzcg pbagrag erongi
    snoitcurtsni drowssap terces tpmorp daer metsys nekot`,
  ],
];
