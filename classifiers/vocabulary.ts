import { VERB_FORMS } from './translations.ts';

/**
 * What a verb says a tool does. `inspect` reads what the caller supplies, `preview` says what would happen, `generate` answers with new
 * content, `recover` sets aside or brings back in a way that can be taken back, `switch` starts and stops things, `remove` may take off
 * or destroy: the object decides, as it does for `move-value`.
 */
export type Sense =
  | 'read'
  | 'inspect'
  | 'preview'
  | 'generate'
  | 'download'
  | 'write'
  | 'recover'
  | 'send'
  | 'session'
  | 'run'
  | 'switch'
  | 'operate'
  | 'grant'
  | 'rotate'
  | 'pay'
  | 'move-value'
  | 'remove'
  | 'clear'
  | 'destroy';

export interface Verb {
  readonly base: string;
  readonly sense: Sense;
  /** As often a noun (`order`, `list`): it acts only where a verb must stand. */
  readonly noun: boolean;
  /** Says little alone (`process`, `handle`). */
  readonly vague: boolean;
}

/** `*` marks a word that is as often a noun, `?` one that says little alone. No word stands twice. */
const WORDS: { readonly [S in Sense]: string } = {
  read: `get list* search* read fetch describe find query* show* view* count* retrieve lookup browse return provide display enumerate
    discover identify examine explore determine locate see watch* monitor* track?* trace* tail peek poll wait think sleep ping* diff* grep
    ask chat* answer* recommend suggest rank rerank match* filter* aggregate* scrape crawl* extract capture* screenshot* snapshot?*
    learn demonstrate cat echo give access?* visualize gather check* test?* debug?* obtain look summarize summarise dump?* ls stat surface
    load? open? resolve? detect tell consult recall select?* request?* research* export* map?* inspect report?* collect?
    navigate? perform? take? probe sample?* cascade? investigate reveal page?* group?* introspect pick? survey?* consume? sort* geocode observe infer blame* plan?* quote* troubleshoot receive? autocomplete whois nslookup traceroute`,
  inspect: `validate verify explain parse typecheck* analyze analyse compare calculate compute evaluate convert format* transform? lint scan* decode encode
    hash* tokenize tokenise diagnose audit* review?* score* grade* classify measure profile?* render assess beautify minify normalize
    interpret solve embed?* sum* translate? critique?* proofread paraphrase rephrase simplify obfuscate decompile disassemble demangle prettify moderate? encrypt decrypt deduplicate`,
  preview: 'preview* simulate estimate* dryrun forecast* predict',
  generate: 'generate compose? synthesize synthesise transcribe imagine produce upscale',
  download: 'download*',
  write: `create add insert update set* put write save* store* edit modify change?* patch* upsert append rename move* copy clone duplicate fork*
    merge* commit* push* upload* import* register assign attach associate shift* link* pin* star* follow subscribe unfollow toggle activate configure
    setup* initialize initialise init install record* log?* mark* apply replace reorder increment decrement fill click* type* press* hover drag*
    scroll* goto resize complete finish sync* index?* reindex optimize make? build?* define adjust reserve book?* tag* label* flag?* stage* bookmark*
    favorite* favourite* like* vote* react upvote downvote unwatch unlist bump* increase decrease reschedule submit publish enable queue* enqueue customize
    replicate? remember ingest populate manage? handle? ensure accept acknowledge confirm? reject dismiss snooze process?* initiate propose
    extend? tune rewrite annotate* refresh?* implement scaffold* adopt cherrypick rebase stash* checkout* tap* swipe* pull?* alter mutate
    bind unbind materialize overwrite instantiate establish introduce crop flip bulk?* draft* schedule* integrate override* backfill* unlink
    relate seed* unset flash? draw delegate escalate* finalize finalise rate?* amend correct? enroll unenroll leave* join* protect prevent keep? expire signal* unresolve unprotect reassign relocate place* recreate issue*? release*? claim* exercise*? limit*? onboard hire compress decompress zip* unzip sign*? mount* unmount repair fix* pair*?
    unpair arm* spawn summon teleport equip harvest* print* dim brighten play*? ring* touch* backup* extinguish ship* timeout*
    feed* dispense spend? rollout* promote? contain* admit conclude
    redirect* enter turn* skip* rewind seek shuffle* repeat* loop* raise lower* heat* cool* shut tilt* pan* zoom?* focus* blur* deselect highlight* hold?* uncheck
    delist relist allocate distribute dispute* contest* appeal* lodge decline refuse waive forgive reconcile split* package* bundle* pack* unpack
    notarize mask* redact anonymize pseudonymize detokenize sanitize cleanse dedupe scrub concat concatenate prepend splice squash pop?* triage?* replan
    revise curate rescue heal wake mirror* vacuum* compact* defragment remediate mitigate dislike boost* decouple unmap rebook restock calibrate
    train* finetune certify attest endorse nominate enforce ack nack throttle* relax loosen tighten harden paint* color* colour* trim* cut* paste* align* ungroup
    flatten animate extrude revolve loft* fillet* chamfer* craft* smelt mine* invoice* quarantine* isolate restrict expose`,
  recover: `archive* unarchive restore* undo unpublish deactivate disable close reopen cancel unsubscribe detach unassign unpin unstar unlike untag
    unlabel dissociate disassociate trash* undelete hide mute unmute lock?* unlock deprecate revert? unfavorite unmark freeze unfreeze invalidate reinstate silence* suppress inhibit void* end*? hangup defer postpone`,
  send: 'send reply* forward* post* tweet* message* email* notify broadcast* dm sms* comment* announce say speak* respond resend relay* alert?* deliver retweet* repost*',
  session: 'connect disconnect login logout authenticate signin signout switch* reconnect assume exit* quit masquerade impersonate',
  run: 'run* execute exec eval invoke call* trigger* dispatch* retry* rerun* launch* kickoff begin interact replay* fire* control?* drive?*',
  switch: 'start* stop* abort pause* resume* suspend hibernate boot* unsuspend unpause power* halt',
  operate: `deploy redeploy undeploy restart reboot shutdown poweron poweroff powercycle scale* rollback failover drain* cordon uncordon
    provision* rebuild? upgrade?* migrate? reload?* decommission autoscale rollforward cutover* switchover* evacuate seal unseal`,
  grant:
    'grant* invite* allow deny reinvite revoke approve unapprove share* unshare ban* unban kick demote authorize deauthorize block?* unblock? expel whitelist allowlist offboard chmod chown elevate blacklist* denylist* trust* distrust appoint exempt* bypass* disarm',
  rotate: 'rotate regenerate reissue reset* renew?',
  pay: 'pay refund* purchase* buy* sell payout* donate disburse remit prepay stake* unstake liquidate rent* lease* topup*',
  'move-value':
    'transfer* withdraw deposit* swap* trade* charge* bid* order?* mint?* tip* bridge* redeem borrow repay lend fund*? exchange* settle rebalance credit* debit* wire* pledge* burn* wrap* unwrap',
  remove: 'remove uninstall unregister deregister discard',
  clear: 'clear empty* clean* prune flush evict cleanup',
  destroy:
    'delete drop purge truncate wipe destroy erase terminate kill expunge obliterate forget nuke del shred factoryreset hardreset forcepush deprovision',
};

/** Two words that name one action, and the verb they make. */
export const COMPOUNDS: ReadonlyMap<string, string> = new Map([
  ['log in', 'login'],
  ['sign in', 'login'],
  ['log out', 'logout'],
  ['logs out', 'logout'],
  ['sign out', 'logout'],
  ['set up', 'setup'],
  ['sets up', 'setup'],
  ['drag and', 'drag'],
  ['drag drop', 'drag'],
  ['fine tune', 'finetune'],
  ['fine tunes', 'finetune'],
  ['type check', 'typecheck'],
  ['type checks', 'typecheck'],
  ['go to', 'goto'],
  ['go back', 'goto'],
  ['goes back', 'goto'],
  ['go forward', 'goto'],
  ['goes forward', 'goto'],
  ['check out', 'checkout'],
  ['power on', 'poweron'],
  ['powers on', 'poweron'],
  ['turn on', 'enable'],
  ['turns on', 'enable'],
  ['turn off', 'disable'],
  ['turns off', 'disable'],
  ['power off', 'poweroff'],
  ['powers off', 'poweroff'],
  ['power cycle', 'powercycle'],
  ['shut down', 'shutdown'],
  ['shuts down', 'shutdown'],
  ['roll back', 'rollback'],
  ['rolls back', 'rollback'],
  ['fail over', 'failover'],
  ['dry run', 'dryrun'],
  ['clean up', 'cleanup'],
  ['cleans up', 'cleanup'],
  ['look up', 'lookup'],
  ['looks up', 'lookup'],
  ['tear down', 'destroy'],
  ['tears down', 'destroy'],
  ['kick off', 'kickoff'],
  ['kicks off', 'kickoff'],
  ['cherry pick', 'cherrypick'],
  ['auto detect', 'detect'],
  ['auto detects', 'detect'],
  ['re invite', 'reinvite'],
  ['re invites', 'reinvite'],
  ['checks out', 'checkout'],
  ['top up', 'topup'],
  ['tops up', 'topup'],
  ['back up', 'backup'],
  ['backs up', 'backup'],
  ['hang up', 'hangup'],
  ['hangs up', 'hangup'],
  ['roll out', 'rollout'],
  ['rolls out', 'rollout'],
  ['factory reset', 'factoryreset'],
  ['hard reset', 'hardreset'],
  ['reset hard', 'hardreset'],
  ['force push', 'forcepush'],
  ['push force', 'forcepush'],
  ['file a', 'submit'],
  ['file an', 'submit'],
  ['drop off', 'dropoff'],
  ['pick up', 'pickup'],
  ['block list', 'blocklist'],
  ['allow list', 'allowlist'],
  ['deny list', 'denylist'],
  ['order by', 'sort'],
  ['sort by', 'sort'],
  ['group by', 'group'],
]);

/** Other languages' forms are not told apart. */
export type Inflection = 'base' | 'third' | 'gerund' | 'foreign';

/** What names shorten, and the verb meant. */
const SHORT_VERBS: ReadonlyMap<string, string> = new Map([
  ['rm', 'delete'],
  ['rmdir', 'delete'],
  ['mv', 'move'],
  ['cp', 'copy'],
  ['mkdir', 'create'],
  ['upd', 'update'],
  ['ins', 'insert'],
  ['crt', 'create'],
  ['exe', 'execute'],
  ['qry', 'query'],
  ['snd', 'send'],
  ['xfer', 'transfer'],
  ['chk', 'check'],
  ['dl', 'download'],
]);

/** Its other forms tell what a thing holds: `Contains the …`. */
const BASE_ONLY: ReadonlySet<string> = new Set(['contain']);
/** What is done and can be undone by a verb of its own: `uncomplete`, `unwatch`, `unlist`. */
const UNDONE: ReadonlySet<Sense> = new Set<Sense>(['write', 'recover']);

/** Every form of every verb: `creates` and `creating` are `create`. Past forms are left out: they describe the object. */
export const FORMS: ReadonlyMap<string, { readonly verb: Verb; readonly inflection: Inflection }> = allForms();

/** The verb a lower-case word is a form of. */
export function verbOf(word: string): Verb | undefined {
  return FORMS.get(word)?.verb;
}

/** The verb a word is the base form of, or in another language any form: names use no other. */
export function baseVerb(word: string): Verb | undefined {
  const form = FORMS.get(word);
  return form?.inflection === 'base' || form?.inflection === 'foreign' ? form.verb : undefined;
}

export function inflectionOf(word: string): Inflection | undefined {
  return FORMS.get(word)?.inflection;
}

function allForms(): Map<string, { verb: Verb; inflection: Inflection }> {
  const forms = new Map<string, { verb: Verb; inflection: Inflection }>();
  const verbs = (Object.keys(WORDS) as Sense[]).flatMap((sense) => WORDS[sense].split(/\s+/).map((word) => verbFrom(word, sense)));
  for (const verb of verbs) {
    if (BASE_ONLY.has(verb.base)) continue;
    for (const form of thirdPersons(verb.base)) forms.set(form, { verb, inflection: 'third' });
    for (const form of gerunds(verb.base)) forms.set(form, { verb, inflection: 'gerund' });
  }
  // Later, so that a base form is never taken by the inflection of another word, nor any English word by another language's.
  for (const verb of verbs) forms.set(verb.base, { verb, inflection: 'base' });
  for (const [form, undone] of [...forms]) {
    const undoing = UNDONE.has(undone.verb.sense) && !undone.verb.vague && !forms.has(`un${form}`);
    if (undoing)
      forms.set(`un${form}`, { ...undone, verb: { base: `un${undone.verb.base}`, sense: 'recover', noun: false, vague: false } });
  }
  for (const [form, english] of [...SHORT_VERBS, ...VERB_FORMS]) {
    const meant = forms.get(english);
    if (meant && !forms.has(form)) forms.set(form, { verb: meant.verb, inflection: SHORT_VERBS.has(form) ? 'base' : 'foreign' });
  }
  return forms;
}

function verbFrom(word: string, sense: Sense): Verb {
  return { base: word.replace(/[?*]+$/, ''), sense, noun: word.includes('*'), vague: word.includes('?') };
}

function thirdPersons(base: string): string[] {
  if (/[^aeiou]y$/.test(base)) return [`${base.slice(0, -1)}ies`];
  return /(?:s|sh|ch|x|z|o)$/.test(base) ? [`${base}es`] : [`${base}s`];
}

function gerunds(base: string): string[] {
  if (/[^e]e$/.test(base)) return [`${base.slice(0, -1)}ing`];
  return [`${base}ing`, `${base}${base.at(-1)}ing`];
}
