import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLaunch } from '../../src/connect/command-launch.ts';
import { isExposed } from '../../src/connect/exposed-folder.ts';
import type { Installed } from '../../src/connect/install/npm-install.ts';
import type { Launch } from '../../src/connect/launch.ts';
import { type LaunchResult, npmLaunch } from '../../src/connect/npm-launch.ts';
import { chooseProgram, commandOfFile } from '../../src/connect/program.ts';
import type { Sandbox } from '../../src/connect/sandbox/sandbox.ts';
import type { SandboxRung } from '../../src/model/enumeration.ts';
import { fakeSandbox } from './streams.ts';

let folder: string;
let app: string;
let other: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'launch-test-')));
  app = join(folder, 'app');
  other = join(folder, 'other');
  for (const path of [app, other, join(other, 'dist'), join(folder, 'loose')]) mkdirSync(path);
  for (const path of ['app/server.js', 'app/settings.json', 'other/package.json', 'other/dist/index.js', 'loose/server.js']) {
    writeFileSync(join(folder, path), '');
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a command line', () => {
  it.each<[string, () => [string, ...string[]], () => readonly string[]]>([
    ['a script by its name', () => ['node', 'server.js'], () => ['node', 'server.js']],
    ['this very node', () => [process.execPath, 'server.js'], () => ['node', 'server.js']],
    ['a script by its path', () => ['node', join(app, 'server.js')], () => ['node', '/app/server.js']],
    [
      'a path in a flag',
      () => ['node', 'server.js', `--config=${join(app, 'settings.json')}`],
      () => ['node', 'server.js', '--config=/app/settings.json'],
    ],
    ['a script of another package', () => ['node', join(other, 'dist/index.js')], () => ['node', join(other, 'dist/index.js')]],
    ['a path up and down', () => ['node', '../other/dist/index.js'], () => ['node', join(other, 'dist/index.js')]],
    ['a file that starts itself', () => ['./server.js'], () => ['node', '/app/server.js']],
    ['a program of the system', () => ['sh', '-c', 'true'], () => ['sh', '-c', 'true']],
    ['a program of the system by path', () => ['/usr/bin/env', 'node'], () => ['/usr/bin/env', 'node']],
    ['a path that is nowhere', () => ['node', 'server.js', '/no/such/file'], () => ['node', 'server.js', '/no/such/file']],
    ['an address', () => ['node', 'server.js', 'postgres://u:p@h/db'], () => ['node', 'server.js', 'postgres://u:p@h/db']],
  ])('%s', (_, argv, expected) => {
    expect(launched(command(argv())).argv).toEqual(expected());
  });

  it('shows its folder at /app, and of the rest only the folders of scripts, and a package.json above', () => {
    const launch = launched(command(['node', join(other, 'dist/index.js'), join(folder, 'loose/server.js')]));
    expect(launch.cwd).toBe('/app');
    expect(launch.mounts).toEqual([
      { source: app, target: '/app', writable: false },
      ...[join(other, 'dist'), join(other, 'package.json'), join(folder, 'loose')].map(shownInPlace),
    ]);
    expect(launch.codeFolder).toBe(join(other, 'dist'));
  });

  it('of what lies above a script shows the node_modules and the nearest package.json, and nothing else', () => {
    for (const path of ['node_modules/a', 'other/node_modules/b']) mkdirSync(join(folder, path), { recursive: true });
    for (const path of ['package.json', '.env', 'other/.env']) writeFileSync(join(folder, path), '');
    const launch = launched(command(['node', join(other, 'dist/index.js')]));
    const shown = [join(other, 'dist'), join(other, 'node_modules'), join(folder, 'node_modules'), join(other, 'package.json')];
    expect(launch.mounts.slice(1)).toEqual(shown.map(shownInPlace));
  });

  it('follows no link to node_modules or package.json above a script', () => {
    for (const path of ['secrets', 'linked/dist']) mkdirSync(join(folder, path), { recursive: true });
    for (const path of ['secrets/key', 'linked/dist/index.js']) writeFileSync(join(folder, path), '');
    symlinkSync(join(folder, 'secrets'), join(folder, 'linked/node_modules'));
    symlinkSync(join(folder, 'secrets/key'), join(folder, 'linked/package.json'));
    const launch = launched(command(['node', join(folder, 'linked/dist/index.js')]));
    expect(launch.mounts.slice(1)).toEqual([join(folder, 'linked/dist')].map(shownInPlace));
  });

  it('shows all of the node_modules that a script lies in', () => {
    const bin = join(other, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'server'), '');
    expect(launched(command([join(bin, 'server')])).mounts.map(({ source }) => source)).toContain(join(other, 'node_modules'));
  });

  it('outside a sandbox is left as it is', () => {
    const argv = ['node', join(app, 'server.js'), '../other/dist/index.js'] as const;
    const launch = launched(commandLaunch({ kind: 'command', argv: [...argv], cwd: app }, sandboxOf('none')));
    expect(launch).toMatchObject({ argv: [process.execPath, ...argv.slice(1)], cwd: app, mounts: [] });
  });

  it.each<[string, () => [string, ...string[]], () => string, string]>([
    ['in the home folder', () => ['node', 'server.js'], homedir, 'exposed-folder'],
    ['in the root folder', () => ['node', 'server.js'], () => '/', 'exposed-folder'],
    ['with a file of the system', () => ['node', 'server.js', '/etc/hosts'], () => app, 'exposed-folder'],
    ['with a link into the system', () => ['node', join(folder, 'link/hosts')], () => app, 'exposed-folder'],
    ['in a folder that is not there', () => ['node', 'server.js'], () => join(app, 'gone'), 'no-folder'],
    ['of a program that is not there', () => ['no-such-program'], () => app, 'unknown-program'],
    ['of a file that is not there', () => ['./gone.js'], () => app, 'unknown-program'],
    ['that fetches what it runs', () => ['npx', '-y', 'some-server'], () => app, 'package-runner'],
  ])('%s is refused', (_, argv, cwd, code) => {
    symlinkSync('/etc', join(folder, 'link'));
    expect(commandLaunch({ kind: 'command', argv: argv(), cwd: cwd() }, sandboxOf('bubblewrap'))).toMatchObject({
      ok: false,
      fault: { code },
    });
  });

  it('a folder that may not be shown is not, and the argument stays', () => {
    const launch = launched(command(['node', 'server.js', '/', homedir(), other]));
    expect(launch.argv.slice(2)).toEqual(['/', homedir(), other]);
    expect(launch.mounts.map(({ source }) => source)).toEqual([app, other]);
  });
});

describe('folders shown to a server', () => {
  it.each([
    ['/', true],
    ['/home', true],
    ['/home/me', true],
    ['/home/you', true],
    ['/home/me/work/server', false],
    ['/home/me/.ssh', true],
    ['/home/me/.config/planet', true],
    ['/home/me/.npm/server', false],
    ['/etc', true],
    ['/etc/planet', true],
    ['/proc/1', true],
    ['/root', true],
    ['/root/server', true],
    ['/tmp', true],
    ['/tmp/server', false],
    ['/usr', true],
    ['/srv/planet', false],
    ['/work', false],
  ])('%s too much: %s', (path, exposed) => {
    expect(isExposed(path, '/home/me')).toBe(exposed);
  });

  it('below the home folder of root a server may live', () => {
    expect(isExposed('/root/server', '/root')).toBe(false);
    expect(isExposed('/root', '/root')).toBe(true);
  });
});

describe('the program of a package', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['planet-mcp', { 'planet-mcp': 'a.js' }, 'a.js'],
    ['@planet/mcp', { other: 'b.js', mcp: 'a.js' }, 'a.js'],
    ['@planet/mcp', { '@planet/mcp': 'a.js', 'planet-http': 'b.js' }, 'a.js'],
    ['planet', { 'planet-http': 'b.js', 'planet-mcp': 'a.js' }, 'a.js'],
    ['planet', { setup: 'b.js', start: 'a.js' }, 'a.js'],
    ['planet', { 'planet-server-http': 'b.js' }, 'b.js'],
    ['planet', {}, undefined],
  ])('of %s with %j', (name, bins, path) => {
    expect(chooseProgram(name, bins)).toBe(path);
  });

  it.each([
    ['#!/usr/bin/env node\n', ['node', '/app/x']],
    ['#!/usr/bin/env -S node --no-warnings\r\n', ['node', '--no-warnings', '/app/x']],
    ['#!/opt/author/bin/node\n', ['node', '/app/x']],
    ['#!/bin/sh -e\n', ['/bin/sh', '-e', '/app/x']],
    ['#!/usr/bin/env python3\n', ['python3', '/app/x']],
    ['import x from "y"\n', ['node', '/app/x']],
    ['', ['node', '/app/x']],
    ['\x7fELF\x02\x01', ['/app/x']],
  ])('that begins with %j', (start, command) => {
    writeFileSync(join(folder, 'x'), start, 'latin1');
    expect(commandOfFile(join(folder, 'x'), '/app/x')).toEqual(command);
  });

  it('that cannot be read has no command', () => {
    expect(commandOfFile(join(folder, 'gone'), '/app/gone')).toBeUndefined();
    expect(commandOfFile(folder, '/app')).toBeUndefined();
  });

  it('is started from the read-only /app, in the private home', () => {
    expect(
      launched(
        npmLaunch({ kind: 'npm', name: 'planet', args: ['stdio'] }, installed({ planet: 'dist/index.js' }), sandboxOf('bubblewrap')),
      ),
    ).toEqual({
      text: 'npm:planet@1.2.3',
      argv: ['node', '/app/other/dist/index.js', 'stdio'],
      cwd: '/home/sandbox',
      mounts: [{ source: folder, target: '/app', writable: false, holdsOnlyFiles: true }],
      codeFolder: other,
    });
  });

  it.each([
    ['none', {}, 'no-program'],
    ['one that is not in it', { planet: 'gone.js' }, 'bad-program'],
    ['one beside it', { planet: '../loose/server.js' }, 'bad-program'],
    ['one behind a link', { planet: 'link.js' }, 'bad-program'],
  ])('%s', (_, bins, code) => {
    symlinkSync(join(folder, 'loose/server.js'), join(other, 'link.js'));
    expect(npmLaunch({ kind: 'npm', name: 'planet', args: [] }, installed(bins), sandboxOf('bubblewrap'))).toMatchObject({
      ok: false,
      fault: { code },
    });
  });
});

function shownInPlace(source: string) {
  return { source, target: source, writable: false };
}

function command(argv: [string, ...string[]]): LaunchResult {
  return commandLaunch({ kind: 'command', argv, cwd: app }, sandboxOf('bubblewrap'));
}

function launched(result: LaunchResult): Launch {
  if (!result.ok) throw new Error(result.fault.message);
  return result.launch;
}

function sandboxOf(rung: SandboxRung): Sandbox {
  return { ...fakeSandbox(() => {}), record: { rung, lacks: [] } };
}

function installed(bins: Record<string, string>): Installed {
  const artifact = { registryType: 'npm', name: 'planet', version: '1.2.3', integrity: 'sha512-x' } as const;
  return { artifact, folder, packageFolder: 'other', bins, installMs: 0, cached: true, sizeBytes: 0 };
}
