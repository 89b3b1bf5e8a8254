/**
 * Loaded by a server's Node before the server. Install scripts never ran, so native add-ons are not built: what cannot be loaded of them becomes an
 * object that takes everything and does nothing. Enough to list tools, and wrong for anything else.
 */
const Module: NodeModule = require('node:module');
const { inert }: { inert: (callsBack: boolean) => unknown } = require(`./inert${__filename.slice(-4)}`);

interface NodeModule {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
}

const NATIVE_NAME = /\.node$|(?:linux|win32|darwin|freebsd|android)-(?:x64|arm64|ia32|arm)(?:-(?:gnu|musl|msvc|gnueabihf))?$/;
const NATIVE_FAILURE =
  /could not locate the bindings file|no native build was found|native binding|\.node'|ERR_DLOPEN_FAILED|different Node\.js version|invalid ELF header|prebuil[dt]|node-gyp|cannot open shared object|Could not load the .{1,40} module using the/i;

const load = Module._load;
Module._load = function stubbed(request, parent, isMain) {
  try {
    return Reflect.apply(load, this, [request, parent, isMain]);
  } catch (error) {
    if (!isMain && isNative(request, error)) return inert(true);
    throw error;
  }
};

function isNative(request: string, error: unknown): boolean {
  return (
    NATIVE_NAME.test(request) || (error instanceof Error && NATIVE_FAILURE.test(`${error.message} ${'code' in error ? error.code : ''}`))
  );
}

const open = process.dlopen;
process.dlopen = (module: { exports: unknown }, ...rest) => {
  try {
    Reflect.apply(open, process, [module, ...rest]);
  } catch {
    module.exports = inert(true);
  }
};
