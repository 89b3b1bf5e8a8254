import { type Rung, runsOnNode, withPreload } from './rung.ts';

const NO_ENDING =
  /Cannot find module '\/[^'\n]{1,400}\/(?:[\w-]{1,80}|[\w-]{1,80}\.(?!js|mjs|cjs|node|json|ts)[\w-]{1,40})' imported from|ERR_UNSUPPORTED_DIR_IMPORT|Did you mean to import/;

/** It imports modules without their ending, which its author's tools forgave and Node does not. */
export const mendedImports: Rung = {
  id: 'mended-imports',
  next: (foothold) =>
    runsOnNode(foothold) && NO_ENDING.test(foothold.tried.text) ? withPreload(foothold.start, 'mended-imports') : undefined,
};
