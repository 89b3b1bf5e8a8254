import type { Manifest } from './manifest.ts';

/** Why a package is, or is not, taken for a server. */
export interface Verdict {
  readonly isServer: boolean;
  /** Id of the sign that decided. */
  readonly sign: string;
  readonly why: string;
}

/** What both a search hit and a manifest say. */
type Described = Pick<Manifest, 'name' | 'description' | 'keywords'>;

interface Sign extends Verdict {
  readonly holds: (manifest: Manifest) => boolean;
}

const KEYWORDS = new Set([
  'mcp',
  'mcp-server',
  'mcp-servers',
  'mcpserver',
  'modelcontextprotocol',
  'model-context-protocol',
  'model context protocol',
]);
const SERVER_FRAMEWORKS = ['@modelcontextprotocol/sdk', '@modelcontextprotocol/server', 'fastmcp', 'mcp-framework'];
/** In a name that holds it as a word: `imessage-mcp`, `mcp-server-x`, `@scope/mcp`; not `tmcpx`. */
const MCP_IN_NAME = /(?<![a-z0-9])(?:fast)?mcps?(?:server)?(?![a-z0-9])/i;
const MCP_IN_TEXT = /\bmcp\b|\bmodel[ -]?context[ -]?protocol\b/i;
const SERVER_IN_TEXT = /\b(?:mcp|model[ -]?context[ -]?protocol)[ -]servers?\b/i;

/** Parts of the protocol that are never servers, and words that are no server's only right behind `mcp-`: `mcp-server-registry` serves a registry. */
const ROLES = 'clients?|sdk|inspector|proxy|bridge|gateway|template|boilerplate|starter|scaffold|installer';
const LOOSE_ROLES = 'remote|registry|router|hub|tester|testing|types?|core|common|utils?';
const OTHER_ROLE_IN_NAME = [
  new RegExp(`(?<![a-z0-9])mcp-(?:server-)?(?:${ROLES})(?![a-z0-9])`, 'i'),
  new RegExp(`(?<![a-z0-9])mcp-(?:${LOOSE_ROLES})(?![a-z0-9]|-server|-mcp)`, 'i'),
  new RegExp(`^(?:@[^/]+/)?(?:${ROLES})-mcp$`, 'i'),
  /^@modelcontextprotocol\/(?!server-)/,
];
const GENERATOR_NAME = /^(?:@[^/]+\/)?create-|(?<![a-z0-9])awesome-mcp(?![a-z0-9])/i;

const ROLES_IN_TEXT =
  'clients?|SDK|inspector|proxy|bridge|gateway|library|framework|toolkit|template|boilerplate|scaffold\\w*|implementation';
const PROTOCOL = '(?:mcp|model context protocol)';
const OTHER_ROLE_IN_TEXT = [
  // "MCP client for …", "The official Model Context Protocol implementation for …"
  new RegExp(`^(?:(?:the|an?|official|simple|universal|lightweight)\\s+){0,4}${PROTOCOL}\\s+(?:${ROLES_IN_TEXT})\\b(?!\\s+server)`, 'i'),
  // "Remote proxy for Model Context Protocol", "A framework for building MCP servers"; not "MCP server for the SDK of …".
  new RegExp(
    `^(?:(?!\\bservers?\\b)[^.!]){0,60}\\b(?:${ROLES_IN_TEXT})\\s+(?:for|of|to|between|around)\\s+(?:\\w+\\s+){0,2}${PROTOCOL}\\b`,
    'i',
  ),
];

const USES_SERVERS =
  /\bmcp[ -](?:clients?|hosts?|support|compatible|integrations?)\b|\bsupport(?:s|ing)? (?:for )?(?:the )?(?:mcp|model context protocol)\b/i;

/** The first that holds decides. */
const SIGNS: readonly Sign[] = [
  {
    isServer: true,
    sign: 'mcp-name',
    why: 'Its manifest names the server that it is in the official registry.',
    holds: ({ mcpName }) => mcpName !== undefined,
  },
  {
    isServer: false,
    sign: 'no-program',
    why: 'It installs no program, so it is a library: nothing can be started.',
    holds: (manifest) => !hasProgram(manifest),
  },
  {
    isServer: false,
    sign: 'generator',
    why: 'By its name it makes projects or lists them.',
    holds: ({ name }) => GENERATOR_NAME.test(name),
  },
  {
    isServer: false,
    sign: 'other-role-in-name',
    why: 'By its name it is another part of the protocol: a client, a bridge, a gateway, an SDK.',
    holds: ({ name }) => OTHER_ROLE_IN_NAME.some((pattern) => pattern.test(name)),
  },
  {
    isServer: false,
    sign: 'other-role-in-description',
    why: 'Its description says first that it is another part of the protocol.',
    holds: ({ description = '' }) => OTHER_ROLE_IN_TEXT.some((pattern) => pattern.test(description)),
  },
  {
    isServer: false,
    sign: 'uses-servers',
    why: 'It only says that it supports MCP: a program that connects to servers has the same dependencies.',
    holds: (manifest) => USES_SERVERS.test(manifest.description ?? '') && !callsItselfServer(manifest),
  },
  {
    isServer: true,
    sign: 'framework-and-program',
    why: 'It depends on a library that servers are made with, installs a program and speaks of MCP.',
    holds: (manifest) => dependsOnFramework(manifest) && speaksOfMcp(manifest),
  },
  {
    isServer: true,
    sign: 'bundled',
    why: 'Its dependencies are bundled or its own, but keywords, name and program all say that it is a server.',
    holds: (manifest) => hasKeyword(manifest) && (MCP_IN_NAME.test(manifest.name) || SERVER_IN_TEXT.test(manifest.description ?? '')),
  },
];

const NO_SIGN: Verdict = { isServer: false, sign: 'no-sign', why: 'Nothing in its manifest says that it is a server.' };

/** Whether a package is an MCP server, by its manifest alone. */
export function judge(manifest: Manifest): Verdict {
  const { isServer, sign, why } = SIGNS.find(({ holds }) => holds(manifest)) ?? NO_SIGN;
  return { isServer, sign, why };
}

/** Whether a search hit is worth asking for its manifest: search ranks and does not filter. */
export function isPlausible(hit: Described): boolean {
  return speaksOfMcp(hit) || /mcp/i.test(hit.name);
}

function speaksOfMcp({ name, description, keywords }: Described): boolean {
  return hasKeyword({ keywords }) || MCP_IN_NAME.test(name) || MCP_IN_TEXT.test(description ?? '');
}

function callsItselfServer({ name, description, keywords }: Described): boolean {
  return MCP_IN_NAME.test(name) || SERVER_IN_TEXT.test(description ?? '') || (keywords ?? []).some((word) => /server/i.test(word));
}

function hasKeyword({ keywords = [] }: Pick<Manifest, 'keywords'>): boolean {
  return keywords.some((word) => KEYWORDS.has(word.trim().toLowerCase()));
}

function hasProgram({ bin }: Manifest): boolean {
  return typeof bin === 'string' || Object.keys(bin ?? {}).length > 0;
}

function dependsOnFramework({ dependencies = {}, peerDependencies = {} }: Manifest): boolean {
  return SERVER_FRAMEWORKS.some((name) => Object.hasOwn(dependencies, name) || Object.hasOwn(peerDependencies, name));
}
