import { type Logger, pino } from 'pino';

/** Structured lines on stderr: stdout is for data. */
export function createLog(level: string): Logger {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}
