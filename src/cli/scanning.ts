import { type Connection, openConnection } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Settings } from '../model/settings.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { StatusLine, seconds } from './status-line.ts';

export interface ScanningOptions {
  readonly unsandboxed?: true;
  readonly allowLoopback?: true;
}

/** What one scan needs of this machine. */
export async function openScanning({ unsandboxed, allowLoopback }: ScanningOptions): Promise<Connection> {
  const config = readConfig();
  const settings = async (): Promise<Settings> => {
    const { readSettings } = await import('../read-settings.ts');
    const read = readSettings(config.settingsFile);
    return { ...read, allowLoopback: allowLoopback ?? read.allowLoopback };
  };
  // What is wrong with a file that is named is said before anything is started. Without one there is nothing to be wrong.
  if (config.settingsFile !== undefined) await settings();
  return openConnection(config, { unsandboxed, settings, abort: abortOnInterrupt() });
}

/** Shows on a terminal that something goes on, and for how long. */
export async function withStatusLine<Result>(target: string, work: () => Promise<Result>): Promise<Result> {
  const line = new StatusLine();
  const startedAt = performance.now();
  const draw = () => line.show(`${target}: installing and starting, ${seconds(performance.now() - startedAt)}`);
  draw();
  const timer = setInterval(draw, 500);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    line.clear();
  }
}
