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
    navigate? perform? take? probe sample?* cascade? investigate reveal page?* group?* introspect pick? survey?*`,
  inspect: `validate verify explain parse analyze analyse compare calculate compute evaluate convert format* transform? lint scan* decode encode
    hash* tokenize tokenise diagnose audit* review?* score* grade* classify measure profile?* render assess beautify minify normalize
    interpret solve embed?* sum* translate? critique?* proofread`,
  preview: 'preview* simulate estimate* dryrun forecast* predict',
  generate: 'generate compose? synthesize synthesise transcribe imagine produce',
  download: 'download*',
  write: `create add insert update set* put write save* store* edit modify change?* patch* upsert append rename move* copy clone duplicate fork*
    merge* commit* push* upload* import* register assign attach link* pin* star* follow subscribe unfollow toggle activate configure
    setup* initialize initialise init install record* log?* mark* apply replace reorder increment decrement fill click* type* press* hover drag*
    scroll* goto resize complete finish sync* index?* reindex optimize make? build?* define adjust reserve book?* tag* label* flag?* stage* bookmark*
    favorite* favourite* like* vote* react upvote downvote bump* increase decrease reschedule submit publish enable queue* enqueue customize
    replicate? remember ingest populate manage? handle? ensure accept acknowledge confirm? reject dismiss snooze process?* initiate propose
    extend? tune rewrite annotate* refresh?* implement scaffold* adopt cherrypick rebase stash* checkout* tap* swipe* pull?* alter mutate
    bind unbind materialize overwrite instantiate establish introduce crop flip bulk?* draft* schedule* integrate override* backfill* unlink
    relate fund? seed* unset flash? draw delegate escalate* finalize finalise rate?* amend correct? enroll unenroll leave* join* protect prevent keep? expire consume? signal* unresolve unprotect reassign relocate place* recreate`,
  recover: `archive* unarchive restore* undo unpublish deactivate disable close reopen cancel unsubscribe detach unassign unpin unstar unlike untag
    unlabel dissociate disassociate trash* undelete hide mute unmute lock?* unlock deprecate revert? unfavorite unapprove unmark`,
  send: 'send reply* forward* post* tweet* message* email* notify broadcast* dm sms* comment* announce say speak*',
  session: 'connect disconnect login logout authenticate signin signout switch* impersonate',
  run: 'run* execute exec eval invoke call* trigger* dispatch* retry* rerun* launch* kickoff begin interact control?* drive?*',
  switch: 'start* stop* abort pause* resume* suspend hibernate boot* unsuspend unpause',
  operate: `deploy redeploy undeploy restart reboot shutdown poweron poweroff powercycle scale* rollback failover drain* cordon uncordon
    provision* rebuild? upgrade?* migrate? reload?* decommission`,
  grant:
    'grant* invite* allow deny reinvite revoke approve share* unshare ban* unban kick promote? demote authorize deauthorize block?* unblock? expel whitelist allowlist',
  rotate: 'rotate regenerate reset* renew?',
  pay: 'pay refund* purchase* buy* sell payout* donate stake* unstake',
  'move-value': 'transfer* withdraw deposit* swap* trade* charge* bid* order?* mint?* tip* bridge* redeem borrow repay lend',
  remove: 'remove uninstall unregister deregister discard',
  clear: 'clear empty* clean* prune flush evict cleanup',
  destroy: 'delete drop purge truncate wipe destroy erase terminate kill expunge obliterate forget nuke del shred',
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
]);

export type Inflection = 'base' | 'third' | 'gerund';

/** Every form of every verb: `creates` and `creating` are `create`. Past forms are left out: they describe the object. */
const FORMS: ReadonlyMap<string, { readonly verb: Verb; readonly inflection: Inflection }> = allForms();

/** The verb a lower-case word is a form of. */
export function verbOf(word: string): Verb | undefined {
  return FORMS.get(word)?.verb;
}

/** The verb a word is the base form of: names use no other. */
export function baseVerb(word: string): Verb | undefined {
  const verb = verbOf(word);
  return verb?.base === word ? verb : undefined;
}

export function inflectionOf(word: string): Inflection | undefined {
  return FORMS.get(word)?.inflection;
}

function allForms(): Map<string, { verb: Verb; inflection: Inflection }> {
  const forms = new Map<string, { verb: Verb; inflection: Inflection }>();
  const verbs = (Object.keys(WORDS) as Sense[]).flatMap((sense) => WORDS[sense].split(/\s+/).map((word) => verbFrom(word, sense)));
  for (const verb of verbs) {
    for (const form of thirdPersons(verb.base)) forms.set(form, { verb, inflection: 'third' });
    for (const form of gerunds(verb.base)) forms.set(form, { verb, inflection: 'gerund' });
  }
  // Last, so that a base form is never taken by the inflection of another word.
  for (const verb of verbs) forms.set(verb.base, { verb, inflection: 'base' });
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
