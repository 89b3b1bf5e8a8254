import { type Rung, runsOnNode, withPreload } from './rung.ts';

const NATIVE_MISSING =
  /could not locate the bindings file|no native build was found|cannot find (?:module|package) ['"][^'"\n]{1,200}(?:\.node|(?:linux|win32|darwin)-(?:x64|arm64)[\w-]{0,20})['"]|cannot find native binding|failed to load native binding|ERR_DLOPEN_FAILED|compiled against a different Node\.js version|invalid ELF header|could not load the ["']?[\w-]{1,40}["']? module using the|prebuild(?:s|-install)?\b|node-gyp/i;

/** It needs a native add-on, and those are not built, because no install script ever runs. */
export const nativeStub: Rung = {
  id: 'native-stub',
  next: (foothold) =>
    runsOnNode(foothold) && NATIVE_MISSING.test(foothold.tried.text) ? withPreload(foothold.start, 'native-stub') : undefined,
};
