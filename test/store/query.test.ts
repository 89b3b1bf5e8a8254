import { expect, it } from 'vitest';
import { DrizzleQueryError } from '../../src/store/drizzle.ts';
import { translated } from '../../src/store/query.ts';

const refused = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

it.each([
  ['an operator stopped it', refused('terminating connection due to administrator command', { code: '57P01', severity: 'FATAL' })],
  ['another backend crashed', refused('terminating connection', { code: '57P02' })],
  ['it is starting up', refused('the database system is starting up', { code: '57P03' })],
  ['whatever ends the session', refused('sorry, too many clients already', { code: '53300', severity: 'FATAL' })],
  ['it idled for too long', refused('terminating connection due to idle-in-transaction timeout', { code: '25P03' })],
  ['the socket was reset', refused('read ECONNRESET', { code: 'ECONNRESET' })],
  ['nobody listens, without a message', refused('', { code: 'ECONNREFUSED' })],
  ['no way there', refused('connect EHOSTUNREACH', { code: 'EHOSTUNREACH' })],
  ['no name server', refused('getaddrinfo EAI_AGAIN db', { code: 'EAI_AGAIN' })],
  ['written to a closed socket', refused('write after end', { code: 'ERR_STREAM_WRITE_AFTER_END' })],
  ['the driver: ended', refused('Connection terminated')],
  ['the driver: ended by the other side', refused('Connection terminated unexpectedly')],
  ['the driver: no connection in time', refused('timeout exceeded when trying to connect')],
  ['the driver: no answer in time', refused('timeout expired')],
  ['the driver: used after a loss', refused('Client has encountered a connection error and is not queryable')],
  ['the driver: used after its end', refused('Client was closed and is not queryable')],
])('a lost connection is a database that cannot be reached: %s', async (_, reason) => {
  for (const error of [reason, new DrizzleQueryError('select 1', [], reason)]) {
    const outcome = translated(() => Promise.reject(error));
    await expect(outcome).rejects.toMatchObject({ code: 'database-unreachable', message: expect.stringMatching(/failed \(.+\)\. Check/) });
  }
});

it.each([
  ['it took too long', refused('canceling statement due to statement timeout', { code: '57014', severity: 'ERROR' })],
  ['it waited too long for a lock', refused('canceling statement due to lock timeout', { code: '55P03', severity: 'ERROR' })],
  ['a value is wrong', refused('invalid input syntax for type json', { code: '22P02', severity: 'ERROR' })],
])('a refused statement is not: %s', async (_, reason) => {
  const outcome = translated(() => Promise.reject(new DrizzleQueryError('select 1', [], reason)));
  await expect(outcome).rejects.toMatchObject({ code: 'query-failed' });
});
