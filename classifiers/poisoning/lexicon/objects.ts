import { anyOf, words } from './pattern.ts';

/** A place in a file system or a machine that holds secrets, by its very name. */
export const SECRET_PLACE = new RegExp(
  `(?:(?<![\\w.])\\.(?:ssh|aws|gnupg|kube|docker|azure|npmrc|netrc|pypirc|pgpass|git-credentials|env(?:\\.(?!example|sample|template)[a-z]+)?|bash_history|zsh_history|zshrc|bashrc|htpasswd|password-store|config/gcloud|git/config|mozilla|config/op)(?![\\w])|${anyOf(
    '\\w+\\.(?:kdbx|pem|p12|pfx|ppk|keystore|jks), id_rsa, id rsa, id_ed25519, id_ecdsa, authorized_keys, dot ssh, dot env, dotenv file, /etc/passwd, /etc/shadow, /etc/sudoers, etc passwd',
    'mcp\\.json, claude_desktop_config, wallet\\.dat, cookies\\.sqlite, key4\\.db, login data, kubeconfig file, aws credentials, credentials? file',
    '\\.my\\.cnf, \\.boto, \\.terraform\\.d, \\.vault-token, wp-config\\.php, web\\.config, secrets\\.json, service[-_]account\\.json, library/keychains, (?:firefox|chrome|browser) profile, credentials\\.json, secrets? file, secrets\\.ya?ml, terraform\\.tfstate, private key file, ssh private keys?, private ssh keys?, ssh folder, gpg keys?',
    '169\\.254\\.169\\.254, metadata\\.google\\.internal, local\\.settings\\.json, application_default_credentials, shell history, bash history',
    'command history, browser (?:cookies|passwords|history|profile), saved passwords, cookie jar, environment file, env file, password database',
    'password file, wallet file, wallet keys?, keystore file, service account key file, npm token file, /proc/self/environ, proc self environ',
  )})`,
);

/** What a machine or an account keeps; tools exist that work on it honestly. */
export const SECRET_STORE = words(
  anyOf(
    '(?:(?:process|shell|system|all|local) )?environment variables?, env vars?, the environment, printenv, process environment, output of `?env`?, clipboard',
    'pasteboard, saved logins, token (?:cache|store), key ?chains?, key ?rings?, password managers?, credential (?:store|manager|helper|cache)s?, secrets? (?:store|manager)s?, ssh agent',
    'seed phrases?, recovery (?:phrase|code|key)s?, mnemonics?, private keys?, deploy keys?, signing keys?, master (?:key|password)s?, wallet seed',
    'ssh keys?(?! ids?\\b), session cookies?, auth(?:entication)? cookies?, login cookies?, home (?:directory|folder), api keys and tokens, stored credentials',
    'local (?:config|configuration|settings) files?, (?:mcp|client|ide|editor) (?:config|configuration|settings)(?: files?)?, connection strings?',
  ),
);

/** What lets somebody in. */
export const CREDENTIAL = words(
  anyOf(
    'api[ _-]?keys?, access[ _-]?keys?, secret[ _-]?keys?, private keys?, deploy keys?, tokens?, passwords?, passphrases?, passcodes?, credentials?, secrets?',
    'cookies?, one[ -]time (?:pass)?codes?, otps?, (?:2fa|mfa|verification|security|login) codes?, pin codes?, card numbers?, cvv, cvc, seed phrases?',
    'social security numbers?, \\w+_(?:api_)?(?:key|token|secret|password), xox[bp](?: value)?, bearer, jwts?, login details',
  ),
);

/** What was said before, what the model was told, what else it can do. */
export const CONTEXT = words(
  anyOf(
    'conversations?, chats?, dialog(?:ue)?s?, transcripts?, chat ?logs?, (?:chat|message|session|conversation|prompt|dialogue) (?:history|log|transcript)',
    "(?:(?:earlier|previous|prior|past|recent|preceding|last|all|other|their|every|latest|first) ){1,3}(?:(?:\\d+|two|three|five|ten|twenty|fifty) )?(?:user )?(?:turns|messages?|prompts?|requests|queries|replies|responses|inputs|exchanges|utterances|questions|answers), user(?:'s)? (?:turns|messages|prompts|inputs)",
    '(?:system|developer|initial|original|hidden) (?:prompt|message|instructions)s?, context window, (?:hidden|private|internal|full|complete) reasoning',
    '(?:this|the) session so far, what (?:was|has been|we) (?:discussed|said), (?:most )?recently (?:opened|edited|used) files?, currently open files?, (?:directory|folder) listing, chain of thought, scratchpad, (?:list of |every |all )(?:available |other |the )?tools?, tool (?:names?|list|inventory|definitions|schemas?|results?|outputs?|responses?)',
    '(?:your|its|the model.?s|saved|long[ -]term|persistent) memor(?:y|ies), your (?:instructions|rules|guidelines|configuration|context|reasoning)',
    '(?:results?|outputs?|responses?|answers?) (?:of|from) (?:all |every |any |the )?(?:other|previous|earlier|prior|preceding) (?:tool|call|step)s?',
    '(?:entire|whole|full|complete|current) context, (?:everything|anything|whatever|all|what) (?:that )?(?:the user|the person|they|he|she|was|has been|is|the other tools?|other tools?) (?:\\w+ )?(?:said|wrote|written|typed|asked|returned|told|sent|seen), working context, hidden configuration',
  ),
);

/** Data on a person or from a person's accounts. */
export const PERSONAL = words(
  anyOf(
    "(?:(?:user|person|customer|owner)'?s? )?(?:contacts|contact (?:list|book|details|data)), address book, calendars?, (?:home|private|postal|e-?mail|street|work|personal) address(?:es)?",
    'phone numbers?, whereabouts, (?:current|exact|precise|gps|physical|last known) location, inbox(?:es)?, e-?mails, (?:open|recent|private|local|personal|internal) (?:documents?|files?|tabs?|photos?|pages?)',
    'browsing history, search history, health (?:details?|data|records?), medical (?:records?|history), salary, date of birth, bank (?:account|details?|statement)s?',
    'personal (?:data|details?|information), passport, identity (?:document|card)s?, everything (?:known|you know|it knows) about, social graph, call log, photos?, full name',
    'private (?:messages?|notes?|repositor(?:y|ies)|repos?|data|information|channels?|conversations?), direct messages?, source code, customer (?:list|data|records)',
    'insurance number, account balance, diagnos[ie]s, birthday, unread (?:mail|messages), employer, legal name, national id, credit card, financial (?:data|details|records)',
  ),
);

/** All of it, to the letter. */
export const WHOLE = words(
  anyOf(
    'latest, recent, whole, entire, full, complete, completely, all, every, everything, verbatim, unabridged, unredacted, unedited, so far, word for word, in full, to date, raw',
    'first \\d+, (?:last|latest|newest) \\w+, last (?:few|\\d+|two|three|five|ten|twenty|fifty|hundred), earlier, previous, prior, preceding, newest \\d+, latest \\d+, contents?, lines, private, hidden, exact, untruncated, without omission',
  ),
);

/** Out of the machine, to a named place or the next message. */
export const OUTSIDE = new RegExp(
  `https?://|\\bwss?://|\\bftp://|\\w@[\\w-]{1,64}\\.[a-z]{2,}|\\bs3://|${
    words(
      anyOf(
        '(?:to|at|through|via|on|towards?|into) (?:\\w+ ){0,2}(?:external|remote|third[ -]party|outside|attacker|collector|collection|logging|telemetry|analytics|relay|drop|mirror|backup|audit|verification) (?:\\w+ )?(?:server|endpoint|service|host|address|bucket|url|site|domain|channel|webhook|mailbox|api)',
        '(?:call|use|run|invoke|via|through|calling|using) [`\'"]?\\w*(?:send|post|e?mail|upload|http|webhook|publish|tweet)\\w*[`\'"]?, number \\+?\\d{4}, web ?hooks?, pastebin, outgoing (?:message|mail|email|request)s?, next (?:outgoing )?(?:message|mail|email|request|post|tweet|reply), dns (?:query|lookup|request)s?',
        'public (?:repo|repository|gist|issue|comment|channel|bucket|page), pull request (?:body|description|title)',
      ),
    ).source
  }`,
);

/** Settings that decide what agents may do, and where rules for later sessions are kept. */
export const AGENT_SETTINGS =
  /\.cursor\/|\.cursorrules|\.windsurfrules|\.clinerules|\.claude\/|\.github\/copilot|\.vscode\/|\bclaude\.md|\bagents\.md|\bgemini\.md|\.?mcp\.json|\bclaude_desktop_config|\bauto ?approve\w*|\balwaysallow|\bauto-?accept|\ballow(?:ed)?[- ]?list|\bcopilot-instructions|\bsettings\.json|\bauthorized_keys|\.bashrc|\.zshrc|\.profile\b|\bcrontab|\b(?:agent|assistant|client|editor|ide|cursor|claude)(?:'s)? (?:rules?|config\w*|settings|permissions|instructions|memory)|\bsystem prompt|\brules? file|\bpre-commit hook|\bgit hook|\bstartup (?:script|file|folder)/;
