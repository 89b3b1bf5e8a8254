#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// Checked before anything else is imported: on an older Node the rest fails with a syntax or import error that explains nothing.
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `assay: needs Node.js 22.18 or newer, this is ${process.versions.node} (${process.execPath}). Install a newer Node.js, then run it again.\n`,
  );
  process.exitCode = 3;
} else {
  const [{ cacheFolderOf }, { keepCompiledCode }] = await Promise.all([import('../config.ts'), import('./compile-cache.ts')]);
  keepCompiledCode(cacheFolderOf());
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv.slice(2));
}
