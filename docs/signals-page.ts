import { RULES } from '../classifiers/rules/index.ts';
import { SIGNALS } from '../classifiers/signals/index.ts';
import { signalPrecisions } from '../evaluation/signal-precision.ts';
import { cell } from './table-cell.ts';

/** Every rule and every signal, with how often each signal was right where somebody read. */
export function signalsPage(note: string): string {
  const precisions = new Map(signalPrecisions().map((precision) => [precision.id, precision]));
  const ruleRows = RULES.map(({ id, category, finds, why }) => `| \`${id}\` | ${category} | ${cell(finds)} | ${cell(why)} |`);
  const signalRows = SIGNALS.map(({ id, finds, why }) => {
    const { hits = 0, judged = 0, right = 0 } = precisions.get(id) ?? {};
    const share = judged === 0 ? '–' : (right / judged).toFixed(2);
    return `| \`${id}\` | ${cell(finds)} | ${cell(why)} | ${hits} | ${right} of ${judged} | ${share} |`;
  });
  return [
    `# Rules and signals\n\n${note}\n`,
    'A rule gives evidence for a category, or against it. A signal is a risk detail: it raises the score and never changes category, access or risk.\n',
    '## Rules\n\n| id | category | finds | why it matters |\n|---|---|---|---|',
    ...ruleRows,
    '\n## Signals\n',
    'How often a signal is right: of its hits on 5,789 real tools (`evaluation/corpora`), forty in an order by hash were read, all where there are fewer. The',
    'judgements are in `evaluation/judgements`. Several tools stand in two corpora, so that the samples are somewhat smaller than they look.\n',
    '| id | finds | why it matters | hits | right | precision |\n|---|---|---|---|---|---|',
    ...signalRows,
    '',
  ].join('\n');
}
