import { askedFiles, askedFileVariables } from '../asked-files.ts';
import { dummyFile } from '../dummy-file.ts';
import type { Rung } from './rung.ts';

/** It looks for a file with credentials and says where: a dummy of the kind that the name says is put there. */
export const credentialFile: Rung = {
  id: 'credential-file',
  next({ start, tried, sandbox }) {
    // Nothing of ours is put into a folder of the host or of an image.
    if (sandbox === 'none' || sandbox === 'container') return undefined;
    const known = start.aids?.files ?? {};
    const variables = askedFileVariables(tried.text);
    const paths = [...askedFiles(tried.text), ...Object.values(variables)].filter((path) => !Object.hasOwn(known, path));
    if (paths.length === 0) return undefined;
    const added = Object.fromEntries(paths.map((path) => [path, dummyFile(path)]));
    return { ...start, env: { ...start.env, ...variables }, aids: { ...start.aids, files: { ...known, ...added } } };
  },
};
