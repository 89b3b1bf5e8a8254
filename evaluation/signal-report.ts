import { visibleText } from '../src/model/visible-text.ts';
import type { Hit, SignalPrecision } from './signal-precision.ts';

/** The precision of each signal for people, and below it what nobody has read yet. */
export function signalReportText(precisions: readonly SignalPrecision[]): string {
  const lines = precisions.map(({ id, hits, judged, right, unread }) => {
    const share = judged === 0 ? '–' : (right / judged).toFixed(3);
    return `${id.padEnd(26)}${String(hits).padStart(7)}${String(judged).padStart(8)}${share.padStart(11)}${String(unread.length).padStart(8)}`;
  });
  const unread = precisions.flatMap(({ id, unread: open }) => open.map((hit) => hitText(id, hit)));
  return [`signal                       hits    read  precision  unread`, ...lines, ...(unread.length > 0 ? ['', ...unread] : []), ''].join(
    '\n',
  );
}

const SHOWN = 600;

function hitText(id: string, { server, tool, description, label, evidence }: Hit): string {
  const where = evidence.slice(0, 5).map((at) => `    ${visibleText(at)}`);
  return [
    `${id}: ${visibleText(server)} ${visibleText(tool)} — ${visibleText(label)}`,
    `    ${visibleText(description.slice(0, SHOWN))}`,
    ...where,
  ].join('\n');
}
