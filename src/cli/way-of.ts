import type { ScanDocument } from '../model/scan.ts';

const READ_FROM = { source: 'read from source, not run', readme: 'read from the README, not run' };

type Way = Pick<ScanDocument['enumeration'], 'sandbox' | 'transport' | 'auth'> &
  Partial<Pick<ScanDocument['enumeration'], 'reading' | 'status'>>;

/** The isolation that it ran in, or how it was called and what it asks of its callers. */
export function wayOf({ sandbox, transport, auth, reading, status }: Way): string {
  // Beside a live list a reading is no way to the tools.
  if (reading && status !== 'complete' && status !== 'partial') return READ_FROM[reading.provenance];
  if (sandbox) return `sandbox ${sandbox.rung}${sandbox.lacks.length > 0 ? ` (${sandbox.lacks.join(', ')})` : ''}`;
  return transport ? [transport, ...(auth ? [auth.posture] : [])].join(', ') : 'not started';
}

/** The status, for people. Where nothing was to be started, that is what the way says. */
export function statusOf({ status }: Pick<ScanDocument['enumeration'], 'status'>): string[] {
  return status === 'not-started' ? [] : [status];
}
