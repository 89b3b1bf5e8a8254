import { Command } from 'commander';
import { classifyInput } from '../classify-input.ts';
import { jsonText } from '../json-text.ts';
import { readInput } from '../read-input.ts';

export function classifyCommand(): Command {
  return new Command('classify')
    .description('Classify tool definitions: a tools/list result, an array, or JSON Lines. Offline; nothing is started or stored.')
    .argument('[file]', 'file to read, - for standard input', '-')
    .option('--server <name>', 'name of the tools\' server, where a line has no "server" key of its own')
    .option('--json', 'accepted for symmetry: the output always is one JSON object a line')
    .addHelpText(
      'after',
      '\nPrints one classification a line, in the order of the input. Tools of one server are judged together; of two with the same server and name the later\nis a newer version of the earlier, and says what is wrong with the change.\n\nExamples:\n  assay classify tools.json\n  assay classify --server "Portkey Admin" - < tools.jsonl',
    )
    .action(async (file: string, { server }: { server?: string }) => {
      for await (const classification of classifyInput(readInput(file), server)) {
        if (process.stdout.destroyed) return;
        if (!process.stdout.write(`${jsonText(classification)}\n`)) await drained();
      }
    });
}

/** Until there is room again, or nobody reads any more. */
function drained(): Promise<void> {
  return new Promise((resolve) => process.stdout.once('drain', resolve).once('close', resolve));
}
