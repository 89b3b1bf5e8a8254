/** A defence as text in a source file, and the tests that fail when it is taken out. */
export interface Defence {
  readonly title: string;
  readonly file: string;
  /** What stands there, and what then stands there instead; everywhere in the file. */
  readonly changes: readonly (readonly [from: string, to: string])[];
  readonly project: 'unit' | 'live' | 'store';
  /** Test files, and what the names of their tests have in common: a regular expression. */
  readonly tests: readonly string[];
  readonly named: string;
}

const ZOO = ['test/connect/zoo.live.test.ts'];
const PROTOCOL = ['test/connect/zoo-protocol.live.test.ts'];
const CONTENT = ['test/connect/zoo-content.live.test.ts'];
const ESCAPES = ['test/connect/sandbox-escapes.live.test.ts'];
const SANDBOX = ['test/connect/sandbox.live.test.ts'];
const BUBBLEWRAP = 'src/connect/sandbox/bubblewrap.ts';
const UTIL_LINUX = 'src/connect/sandbox/util-linux.ts';

/** Those that no limit or option switches off. */
export const DEFENCES: readonly Defence[] = [
  {
    title: 'a network of its own',
    file: BUBBLEWRAP,
    changes: [["...(spec.network ? ['--share-net'] : [])", "'--share-net'"]],
    ...{ project: 'live', tests: ESCAPES, named: 'inside bubblewrap.* no way leads out' },
  },
  {
    title: 'a server starts without network',
    file: 'src/connect/attempt.ts',
    changes: [['network: false', 'network: true']],
    ...{ project: 'live', tests: ZOO, named: 'in bubblewrap.*looks-around' },
  },
  {
    title: 'the filter over calls',
    file: BUBBLEWRAP,
    changes: [["...(filter ? ['--seccomp', String(firstInput + layout.files.length)] : [])", '']],
    ...{ project: 'live', tests: ESCAPES, named: 'inside bubblewrap.* no call leads out' },
  },
  {
    title: 'socket families by allow-list',
    file: 'src/connect/sandbox/seccomp.ts',
    changes: [['= [1, 2, 10, 16]', '= [1, 2, 10, 16, 38, 40]']],
    ...{ project: 'live', tests: ESCAPES, named: 'inside bubblewrap.* no call leads out' },
  },
  {
    title: 'the caller is not visible as process 1',
    file: BUBBLEWRAP,
    changes: [["'--as-pid-1', ", '']],
    ...{ project: 'live', tests: SANDBOX, named: 'inside bubblewrap.* only its own processes' },
  },
  {
    title: 'the tree dies with the caller, bubblewrap',
    file: BUBBLEWRAP,
    changes: [["'--die-with-parent', ", '']],
    ...{ project: 'live', tests: SANDBOX, named: 'inside bubblewrap.* everything dies when the caller is killed' },
  },
  {
    title: 'the tree dies with the caller, util-linux',
    file: UTIL_LINUX,
    changes: [[", '--kill-child'", '']],
    ...{ project: 'live', tests: SANDBOX, named: 'inside util-linux.* dies with kill' },
  },
  {
    title: 'no further user namespace, util-linux',
    file: UTIL_LINUX,
    changes: [["    'echo 1 > /proc/sys/user/max_user_namespaces',\n", '']],
    ...{ project: 'live', tests: ESCAPES, named: 'inside util-linux.* no call leads out' },
  },
  {
    title: 'mounts are read-only',
    file: BUBBLEWRAP,
    changes: [["writable ? '--bind' : '--ro-bind'", "'--bind'"]],
    ...{ project: 'live', tests: SANDBOX, named: 'inside bubblewrap.* writing works in its own folders' },
  },
  {
    title: 'open files of the caller are closed',
    file: 'src/connect/sandbox/inherited-descriptors.ts',
    changes: [['descriptor > 2 && !closesOnExec(descriptor)', 'descriptor > 1_000_000 && !closesOnExec(descriptor)']],
    ...{ project: 'live', tests: SANDBOX, named: 'inside bubblewrap.* no open file of the caller' },
  },
  {
    title: 'started from the main thread only',
    file: 'src/connect/sandbox/start-process.ts',
    changes: [['if (!isMainThread)', 'if (false as boolean)']],
    ...{ project: 'live', tests: ['test/connect/zoo-killed.live.test.ts'], named: 'a worker thread' },
  },
  {
    title: 'no browser',
    file: 'src/connect/attempt.ts',
    changes: [["{ BROWSER: '/bin/false' }", '{}']],
    ...{ project: 'live', tests: ZOO, named: 'in bubblewrap.*opens-browser' },
  },
  {
    title: 'what is no message is noise',
    file: 'src/connect/frames.ts',
    changes: [["isJsonObject(value) && value['jsonrpc'] === '2.0' ? value", 'isJsonObject(value) ? value']],
    ...{ project: 'live', tests: ZOO, named: 'in bubblewrap.*garbage' },
  },
  {
    title: 'a throw while reading ends one connection',
    file: 'src/connect/connection.ts',
    changes: [["} catch {\n      this.close('unreadable');", '} catch (error) {\n      throw error;']],
    ...{ project: 'unit', tests: ['test/connect/session.test.ts'], named: 'a throw while its output is read' },
  },
  {
    title: 'only a short id is sent back',
    file: 'src/connect/replies.ts',
    changes: [['if (!isEchoable(id)) return undefined;', 'isEchoable(id);']],
    ...{ project: 'live', tests: ZOO, named: 'in bubblewrap.*deep-id' },
  },
  {
    title: 'only our own ids are answers',
    file: 'src/connect/replies.ts',
    changes: [["typeof id === 'number' ? this.#waiting.get(id) : undefined", 'this.#waiting.get(Number(id))']],
    ...{ project: 'live', tests: PROTOCOL, named: 'wrong-ids' },
  },
  {
    title: 'what is not offered is refused',
    file: 'src/connect/replies.ts',
    changes: [["if (method === 'ping')", 'if (method)']],
    ...{ project: 'live', tests: PROTOCOL, named: 'asks-for-sampling' },
  },
  {
    title: 'definitions are not deeper than may be',
    file: 'src/connect/tool-size.ts',
    changes: [["if (depth > walk.maxDepth) return 'too-deep';", '']],
    ...{ project: 'live', tests: [...ZOO, ...CONTENT], named: 'in bubblewrap.*deep-nesting|deep-schema' },
  },
  {
    title: 'pages that bring nothing new end the list',
    file: 'src/connect/listing.ts',
    changes: [
      ["typeof cursor === 'string' && !this.#hasNewName(elements)", 'false as boolean'],
      ['if (this.#cursors.has(cursor))', 'if (false as boolean)'],
    ],
    ...{ project: 'live', tests: ZOO, named: 'in bubblewrap.*pages-same-cursor' },
  },
  {
    title: 'instructions are cut',
    file: 'src/connect/handshake.ts',
    changes: [['startOf(instructions, MAX_INSTRUCTIONS_BYTES)', 'instructions']],
    ...{ project: 'live', tests: PROTOCOL, named: 'instructions-of-5-megabytes' },
  },
  {
    title: 'names of the server are cut',
    file: 'src/connect/handshake.ts',
    changes: [['startOf(text, MAX_NAME_BYTES)', 'text']],
    ...{ project: 'live', tests: PROTOCOL, named: 'endless' },
  },
  {
    title: 'only what PostgreSQL can hold is stored',
    file: 'src/store/storable-json.ts',
    changes: [["text.toWellFormed().replaceAll('\\0', '\\uFFFD')", 'text']],
    ...{ project: 'live', tests: CONTENT, named: 'all of it stored' },
  },
  {
    title: '__proto__ is a name like any other',
    file: 'src/store/storable-json.ts',
    changes: [["if (key === '__proto__')", 'if (false as boolean)']],
    ...{ project: 'unit', tests: ['test/store/storable-json.test.ts'], named: '' },
  },
  {
    title: 'JSON for a terminal is escaped',
    file: 'src/cli/json-text.ts',
    changes: [['.replace(UNSAFE, escaped)', ".replace(UNSAFE, (character) => (character === '\\u0000' ? escaped(character) : character))"]],
    ...{ project: 'live', tests: CONTENT, named: 'confusable-names|terminal-escapes|hidden-text' },
  },
  {
    title: 'no script of a package runs',
    file: 'src/connect/install/npm-fetch.ts',
    changes: [["'--ignore-scripts'", "'--no-ignore-scripts'"]],
    ...{ project: 'live', tests: ['test/connect/install.live.test.ts'], named: 'runs no script of the package' },
  },
  {
    title: 'nothing is fetched from git or an address',
    file: 'src/connect/install/npm-fetch.ts',
    changes: [
      ["'--allow-git=none'", "'--allow-git=all'"],
      ["'--allow-remote=none'", "'--allow-remote=all'"],
    ],
    ...{ project: 'live', tests: ['test/connect/install.live.test.ts'], named: 'a dependency from' },
  },
  {
    title: 'literal addresses are judged before a request',
    file: 'src/net/url-rules.ts',
    changes: [['if (isBarred(reach, url.hostname, rules)) throw', 'if (false as boolean) throw']],
    ...{ project: 'unit', tests: ['test/net/ssrf.test.ts'], named: 'leads inside' },
  },
  {
    title: 'literal addresses are judged when connecting',
    file: 'src/net/open-network.ts',
    changes: [['if (isBarred(reachOfHost(options.hostname), options.hostname, rules)) callback', 'if (false as boolean) callback']],
    ...{ project: 'live', tests: ['test/net/guard.live.test.ts'], named: 'the guard refuses when connecting' },
  },
  {
    title: 'resolved addresses are judged',
    file: 'src/net/open-network.ts',
    changes: [['!mayConnect(hostname, address, rules)', '!address && !mayConnect(hostname, address, rules)']],
    ...{ project: 'live', tests: ['test/net/ssrf.live.test.ts'], named: 'was not judged' },
  },
  {
    title: 'NAT64 is unpacked',
    file: 'src/net/address.ts',
    changes: [["=== 'public' ? 'public' : 'private'", "=== 'public' ? 'public' : 'public'"]],
    ...{ project: 'unit', tests: ['test/net/address.test.ts', 'test/net/ssrf.test.ts'], named: 'NAT64' },
  },
  {
    title: 'redirects are followed by our own rules',
    file: 'src/net/wire.ts',
    changes: [["redirect: 'manual'", "redirect: 'follow'"]],
    ...{ project: 'live', tests: ['test/connect/remote-zoo.live.test.ts'], named: 'redirects' },
  },
  {
    title: 'bytes are counted after unpacking',
    file: 'src/net/limited-response.ts',
    changes: [['if (bytes > maxBytes) return fail(controller, tooBig(url, maxBytes));', '']],
    ...{ project: 'live', tests: ['test/net/ssrf.live.test.ts'], named: '100 MB packed' },
  },
];
