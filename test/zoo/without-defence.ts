// node test/zoo/without-defence.ts [words of a title]: takes defences out of a copy of the sources, one at a time, and expects the tests of the zoo that
// are named for each to fail. Not part of the test run: it takes minutes. Ends with 1 when a defence can go unnoticed, or is not where it was.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { leftovers } from '../leftovers.ts';
import { DEFENCES, type Defence } from './defences.ts';

const ROOT = join(import.meta.dirname, '../..');
const COPIED = ['src', 'classifiers', 'crawlers', 'corrections', 'migrations', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const LINKED = ['node_modules', 'dist'];
/** A test that hangs without its defence has shown that it is one. */
const RUN_MS = 60_000;

const Report = z.object({ numTotalTests: z.number(), numFailedTests: z.number(), numPassedTests: z.number() });
type Outcome = z.infer<typeof Report> | 'no report';

const wanted = process.argv.slice(2);
const defences = DEFENCES.filter(({ title }) => wanted.every((word) => title.includes(word)));
const copy = mkdtempSync(join(tmpdir(), 'zoo-without-'));
try {
  makeCopy();
  const unnoticed: Defence[] = [];
  for (const defence of defences) {
    if (!isNoticed(defence)) unnoticed.push(defence);
    // Without a defence a server may outlive its test.
    for (const { pid } of await leftovers(process.pid, 0)) process.kill(pid, 'SIGKILL');
  }
  process.stdout.write(`${defences.length - unnoticed.length} of ${defences.length} defences are noticed when they are missing\n`);
  process.exitCode = unnoticed.length > 0 || defences.length === 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function makeCopy(): void {
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  for (const name of LINKED) if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(copy, name));
  mkdirSync(join(copy, 'reports'));
}

function isNoticed(defence: Defence): boolean {
  const whole = outcomeOf(defence);
  if (whole === 'no report' || whole.numFailedTests > 0 || whole.numPassedTests === 0) {
    return say(defence, false, `its tests do not pass with it: ${JSON.stringify(whole)}`);
  }
  const originals = takeOut(defence);
  if (typeof originals === 'string') return say(defence, false, originals);
  const without = outcomeOf(defence);
  for (const [file, text] of originals) writeFileSync(file, text);
  if (without === 'no report') return say(defence, true, 'the tests did not come to an end');
  return say(defence, without.numFailedTests > 0, `${without.numFailedTests} of ${whole.numPassedTests} tests fail`);
}

/** @returns The files as they were; or what is not there to be taken out. */
function takeOut({ file, changes }: Defence): Map<string, string> | string {
  const path = join(copy, file);
  if (!existsSync(path)) return `there is no ${file} any more: say in defences.ts where the defence is now`;
  const original = readFileSync(path, 'utf8');
  let text = original;
  for (const [from, to] of changes) {
    if (!text.includes(from)) return `${file} has no ${JSON.stringify(from)} any more: say in defences.ts where the defence is now`;
    text = text.replaceAll(from, () => to);
  }
  writeFileSync(path, text);
  return new Map([[path, original]]);
}

function outcomeOf({ project, tests, named }: Defence): Outcome {
  const report = join(copy, 'reports', 'report.json');
  rmSync(report, { force: true });
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', project, '--reporter=json', `--outputFile=${report}`, ...tests, '-t', named];
  spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore', timeout: RUN_MS, killSignal: 'SIGKILL' });
  if (!existsSync(report)) return 'no report';
  return Report.parse(JSON.parse(readFileSync(report, 'utf8')));
}

function say({ title }: Defence, isGood: boolean, what: string): boolean {
  process.stdout.write(`${isGood ? 'noticed  ' : 'UNNOTICED'}  ${title}: ${what}\n`);
  return isGood;
}
