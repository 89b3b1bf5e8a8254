import { createHash } from 'node:crypto';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import { liveTools } from '../../evaluation/corpora.ts';

/** Prints a hash of what is said of every fourth real tool; `reversed` classifies them from the last to the first. */
const tools = liveTools().filter((_, index) => index % 4 === 0);
const order = process.argv[2] === 'reversed' ? tools.toReversed() : tools;
const lines = order.map(({ server, definition, context }) => `${server} ${JSON.stringify(classifyTool(definition, context))}`);
process.stdout.write(createHash('sha256').update(lines.sort().join('\n')).digest('hex'));
