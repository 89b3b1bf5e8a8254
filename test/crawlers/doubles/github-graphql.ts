import type { DoubleRepository } from './github-repositories.ts';

interface Selection {
  readonly alias: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly selections: readonly Selection[];
}

export interface GraphqlFault {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

export interface GraphqlOptions {
  /** By repository: what goes wrong with it, or with one field of it. */
  readonly faults?: ReadonlyMap<number, { readonly field?: string; readonly type?: string; readonly message: string }>;
  /** Blobs above this come cut. */
  readonly maxText?: number;
}

/** Answers the part of GitHub's GraphQL that finds nodes by id and reads repositories. */
export function graphqlAnswer(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  repositoryOf: (nodeId: string) => DoubleRepository | undefined,
  options: GraphqlOptions,
): { data: Record<string, unknown>; errors?: readonly GraphqlFault[] } {
  const [field] = parse(query, variables);
  if (!field) throw new Error('nobody planned an empty query');
  const errors: GraphqlFault[] = [];
  const nodeAt = (nodeId: string, path: readonly (string | number)[]) => {
    const repository = repositoryOf(nodeId);
    const fault = repository && options.faults?.get(repository.id);
    if (fault && fault.field === undefined)
      errors.push({ message: fault.message, path, ...(fault.type !== undefined && { type: fault.type }) });
    else if (!repository || repository.gone)
      errors.push({ type: 'NOT_FOUND', message: `Could not resolve to a node with the global id of '${nodeId}'`, path });
    else return nodeOf(field.selections, repository, path, errors, options);
    return null;
  };
  const { id, ids } = field.arguments;
  const value =
    field.name === 'nodes' ? (ids as string[]).map((nodeId, n) => nodeAt(nodeId, [field.alias, n])) : nodeAt(String(id), [field.alias]);
  return { data: { [field.alias]: value }, ...(errors.length > 0 && { errors }) };
}

function nodeOf(
  selections: readonly Selection[],
  repository: DoubleRepository,
  path: readonly (string | number)[],
  errors: GraphqlFault[],
  options: GraphqlOptions,
): Record<string, unknown> {
  const node: Record<string, unknown> = {};
  for (const selection of selections) {
    const fault = options.faults?.get(repository.id);
    if (fault?.field === selection.alias) {
      errors.push({ message: fault.message, path: [...path, selection.alias] });
      node[selection.alias] = null;
    } else node[selection.alias] = project(fieldOf(repository, selection, options), selection.selections);
  }
  return node;
}

/** Only what was selected. */
function project(value: unknown, selections: readonly Selection[]): unknown {
  if (selections.length === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((member) => project(member, selections));
  const found = value as Record<string, unknown>;
  // A fragment on another type of object selects nothing.
  return Object.fromEntries(
    selections.filter(({ name }) => name in found).map((one) => [one.alias, project(found[one.name], one.selections)]),
  );
}

function fieldOf(repository: DoubleRepository, { name, arguments: args }: Selection, options: GraphqlOptions): unknown {
  const time = (second: number) => new Date(second * 1_000).toISOString().replace('.000Z', 'Z');
  const fields: Readonly<Record<string, () => unknown>> = {
    id: () => nodeIdOf(repository.id),
    databaseId: () => repository.id,
    nameWithOwner: () => repository.fullName,
    url: () => `https://github.com/${repository.fullName}`,
    description: () => repository.description,
    isFork: () => repository.fork !== undefined,
    isArchived: () => repository.archived ?? false,
    stargazerCount: () => repository.stars,
    createdAt: () => time(repository.createdAt),
    pushedAt: () => time(repository.pushedAt),
    parent: () => (repository.fork?.parent === undefined ? null : { url: `https://github.com/${repository.fork.parent}` }),
    licenseInfo: () => (repository.license === null ? null : { spdxId: repository.license }),
    repositoryTopics: () => ({ nodes: repository.topics.map((topic) => ({ topic: { name: topic } })) }),
    object: () => objectAt(repository, String(args['expression']), options),
  };
  const field = fields[name];
  if (!field) throw new Error(`Field '${name}' doesn't exist on type 'Repository'`);
  return field();
}

function objectAt({ files }: DoubleRepository, expression: string, { maxText = 512_000 }: GraphqlOptions): unknown {
  const path = expression.replace(/^HEAD:/, '');
  if (path === '') return { entries: [...new Set(Object.keys(files).map((name) => name.split('/')[0]))].map((name) => ({ name })) };
  const text = files[path];
  return text === undefined ? null : { text: text.slice(0, maxText), isTruncated: text.length > maxText };
}

export function nodeIdOf(id: number): string {
  return `R_${Buffer.from(`010:Repository${id}`).toString('base64url')}`;
}

export function idOfNode(nodeId: string): number {
  return Number(/Repository(\d+)$/.exec(Buffer.from(nodeId.slice(2), 'base64url').toString())?.[1]);
}

/** Fields, aliases, arguments and inline fragments, whose fields are taken for the object's own. */
function parse(query: string, variables: Readonly<Record<string, unknown>>): readonly Selection[] {
  const tokens = [...query.matchAll(/"(?:[^"\\]|\\.)*"|\.\.\.|[$!:{}()[\],]|[\w-]+/g)]
    .map(([token]) => token)
    .filter((token) => token !== ',');
  let at = 0;
  const next = () => tokens[at++] ?? '';
  const value = (): unknown => {
    const token = next();
    if (token === '$') return variables[next()];
    return token.startsWith('"') ? JSON.parse(token) : Number(token);
  };
  const parseArguments = () => {
    const found: Record<string, unknown> = {};
    if (tokens[at] !== '(') return found;
    for (next(); tokens[at] !== ')'; ) {
      const name = next();
      next();
      found[name] = value();
    }
    next();
    return found;
  };
  const parseSelections = (): Selection[] => {
    const found: Selection[] = [];
    if (tokens[at] !== '{') return found;
    for (next(); tokens[at] !== '}'; ) {
      if (tokens[at] === '...') {
        at += 3;
        found.push(...parseSelections());
        continue;
      }
      const alias = next();
      let name = alias;
      if (tokens[at] === ':') {
        at += 1;
        name = next();
      }
      found.push({ alias, name, arguments: parseArguments(), selections: parseSelections() });
    }
    next();
    return found;
  };
  at = tokens.indexOf('{');
  return parseSelections();
}
