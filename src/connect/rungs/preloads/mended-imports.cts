/**
 * Loaded by a server's Node before the server. Imports without the ending that Node wants, as compilers leave them in, are looked for with it.
 */
const { registerHooks }: typeof import('node:module') = require('node:module');

const ENDINGS = ['.js', '/index.js', '.mjs', '.json'];

// Older runtimes have none, and then nothing is mended.
registerHooks?.({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      for (const ending of ENDINGS) {
        try {
          return nextResolve(specifier + ending, context);
        } catch {}
      }
      throw error;
    }
  },
});
