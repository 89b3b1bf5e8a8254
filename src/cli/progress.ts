import { createLog } from '../log.ts';
import type { Fault } from '../model/fault.ts';
import { visibleText } from '../model/visible-text.ts';
import type { RunObserver } from '../pipeline/run-context.ts';
import { StatusLine, seconds } from './status-line.ts';

/** Shows a run: a line that is drawn over itself on a terminal, log lines elsewhere. */
export function createObserver(logLevel: string): RunObserver & { close(): void } {
  return process.stderr.isTTY ? terminalObserver() : logObserver(logLevel);
}

function terminalObserver(): RunObserver & { close(): void } {
  const line = new StatusLine();
  let total: number | undefined;
  let ended = 0;
  return {
    stageStarted(stage, steps) {
      total = steps;
      ended = 0;
      line.show(`${stage} …`);
    },
    sourceProgress: (source, entries) => line.show(`discover · ${source} ${entries} entries`),
    stepEnded(stage, subject, outcome) {
      ended += 1;
      line.show(
        `${stage} ${ended}${total === undefined ? '' : `/${total}`} · ${subject} ${outcome.kind === 'failed' ? outcome.fault.code : outcome.kind}`,
      );
    },
    stageEnded({ stage, done, skipped, failed, durationMs }) {
      line.clear();
      process.stderr.write(`${stage.padEnd(10)} ${done} done, ${skipped} skipped, ${failed} failed in ${seconds(durationMs)}\n`);
    },
    close: () => line.clear(),
  };
}

function logObserver(logLevel: string): RunObserver & { close(): void } {
  const log = createLog(logLevel);
  return {
    stageStarted: (stage, steps) => log.info({ stage, steps }, 'stage started'),
    sourceProgress: (source, entries) => log.debug({ source, entries }, 'source read'),
    stepEnded(stage, id, outcome) {
      const subject = visibleText(id);
      if (outcome.kind === 'failed') log.warn({ stage, subject, ...faultFields(outcome.fault) }, 'step failed');
      else log.info({ stage, subject, outcome: outcome.kind }, 'step ended');
    },
    stageEnded: (report) => log.info(report, 'stage ended'),
    close: () => {},
  };
}

function faultFields({ code, message }: Fault) {
  return { code, fault: visibleText(message) };
}
