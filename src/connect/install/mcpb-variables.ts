import { dummyFor } from '../dummies.ts';
import { SANDBOX_HOME } from '../sandbox/layout.ts';
import type { BundleManifest, UserOption } from './mcpb-manifest.ts';

/** What stands for each `${name}`; several values where a user may give several. */
export type BundleVariables = ReadonlyMap<string, readonly string[]>;

const VARIABLE = /\$\{([^{}$]{1,200})\}/g;
/** Of one argument or variable, characters: the kernel takes no longer one. */
const MAX_FILLED = 128 * 1024;
const WHOLE = /^\$\{([^{}$]{1,200})\}$/;

/**
 * What a program that starts bundles would fill in: places, the defaults of options, and for an option without one that a user must set, a dummy.
 *
 * @param root - Where the bundle is, for the server.
 */
export function bundleVariables({ user_config: options = {} }: BundleManifest, root: string): BundleVariables {
  const places = new Map<string, readonly string[]>([['__dirname', [root]]]);
  for (const folder of ['HOME', 'DESKTOP', 'DOCUMENTS', 'DOWNLOADS']) places.set(folder, [SANDBOX_HOME]);
  for (const separator of ['pathSeparator', '/']) places.set(separator, ['/']);
  const variables = new Map(places);
  for (const [name, option] of Object.entries(options)) {
    const values = valuesOf(name, option)?.map((value) => filled(value, places) ?? value);
    if (values) variables.set(`user_config.${name}`, values);
  }
  return variables;
}

/** Arguments with every name filled; one that stands alone becomes as many as there are values, and one that nobody gives a value is left out. */
export function filledArguments(args: readonly string[], variables: BundleVariables): string[] {
  return args.flatMap((arg) => {
    const alone = WHOLE.exec(arg)?.[1];
    if (alone !== undefined) return variables.get(alone) ?? [];
    return filled(arg, variables) ?? [];
  });
}

/** Variables of the environment, without those that name what nobody gives a value. */
export function filledEnvironment(env: Readonly<Record<string, string>>, variables: BundleVariables): Record<string, string> {
  const names = Object.entries(env).filter(([name, value]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !value.includes('\0'));
  return Object.fromEntries(
    names.flatMap(([name, value]) => {
      const text = filled(value, variables);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** @returns Nothing where a name has no value, or where so much is filled in that nothing could be started with it. */
export function filled(text: string, variables: BundleVariables): string | undefined {
  let isWhole = true;
  let left = MAX_FILLED;
  const whole = text.replace(VARIABLE, (_, name: string) => {
    const values = isWhole ? variables.get(name) : undefined;
    left -= values?.reduce((sum, { length }) => sum + length + 1, 0) ?? 0;
    isWhole &&= values !== undefined && left >= 0;
    return isWhole ? (values?.join(',') ?? '') : '';
  });
  return isWhole ? whole : undefined;
}

function valuesOf(name: string, { type, required, default: usual, min }: UserOption): string[] | undefined {
  const given = [usual ?? []]
    .flat()
    .map(String)
    .filter((value) => value !== '');
  if (given.length > 0) return given;
  if (!required) return undefined;
  if (type === 'number') return [String(min ?? 1)];
  if (type === 'boolean') return ['false'];
  if (type === 'directory' || type === 'file') return ['/tmp'];
  return [
    dummyFor(
      name
        .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
        .replaceAll(/\W/g, '_')
        .toUpperCase(),
    ),
  ];
}
