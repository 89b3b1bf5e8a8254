import type { Command } from 'commander';
import { crawlersOf } from '../crawlers/index.ts';
import { createProgram } from '../src/cli/program.ts';
import { Settings } from '../src/model/settings.ts';
import { publishedSchemas } from '../src/publish/published-documents.ts';
import { poisoningPage } from './poisoning-page.ts';
import { scoringPage } from './scoring-page.ts';
import { signalsPage } from './signals-page.ts';
import { cell } from './table-cell.ts';

/** Every file that is made from code: path from the repository's root → text. `npm run docs` writes them, a test compares them. */
export function generatedFiles(): Map<string, string> {
  const schemas = [...publishedSchemas()].map(([name, text]): [string, string] => [`schema/${name}`, text]);
  return new Map([
    ['docs/cli.md', cliPage()],
    ['docs/signals.md', signalsPage(NOTE)],
    ['docs/poisoning.md', poisoningPage(NOTE)],
    ['docs/crawlers.md', crawlersPage()],
    ['docs/scoring.md', scoringPage(NOTE)],
    ...schemas,
  ]);
}

const NOTE = '<!-- Made by `npm run docs`. Do not edit. -->';

function cliPage(): string {
  const program = createProgram();
  const sections = [program, ...program.commands].map((command) => {
    const title = command === program ? 'assay' : `assay ${command.name()}`;
    return `## ${title}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;
  });
  return [`# Commands\n\n${NOTE}\n`, ...sections].join('\n');
}

/** The whole help text, examples included, at a fixed width: a terminal's own would make the page differ from machine to machine. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 100, getOutHasColors: () => false });
  command.outputHelp();
  return text.trimEnd();
}

/** The sources of a run without a settings file. */
function crawlersPage(): string {
  const access = { secret: () => undefined, packageRegistry: () => Promise.reject(new Error('nothing is crawled here')) };
  const rows = crawlersOf(Settings.parse({}), access).map(
    ({ id, title, homepage, incremental }) =>
      `| \`${id}\` | ${cell(title)} | ${homepage} | ${incremental ? 'changes, and everything once a week' : 'everything'} |`,
  );
  return [
    `# Sources\n\n${NOTE}\n`,
    'The sources of a run without a settings file, in the order of precedence.\n',
    '| id | title | where | what a run asks for |\n|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
