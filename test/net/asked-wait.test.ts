import { describe, expect, it } from 'vitest';
import { askedUntil, isLimit } from '../../src/net/asked-wait.ts';
import { START } from './planned-fetch.ts';

const DAY = 86_400;
const inSeconds = (seconds: number) => String(START / 1000 + seconds);

describe('how long a host asks to be left alone', () => {
  it.each<[string, number, Record<string, string>, number | undefined]>([
    ['seconds', 429, { 'retry-after': '30' }, 30],
    ['seconds with a fraction', 429, { 'retry-after': '1.5' }, 1.5],
    ['white space', 429, { 'retry-after': ' 30 ' }, 30],
    ['a date', 429, { 'retry-after': 'Sat, 21 Nov 2026 00:00:45 GMT' }, 45],
    ['a date of the old form', 429, { 'retry-after': 'Saturday, 21-Nov-26 00:00:45 GMT' }, 45],
    ['a date that is over', 429, { 'retry-after': 'Sat, 21 Nov 2026 00:00:00 GMT' }, undefined],
    ['a date that is none', 429, { 'retry-after': 'Sat, 99 Nov 2026 00:00:45 GMT' }, undefined],
    ['zero', 429, { 'retry-after': '0' }, undefined],
    ['less than nothing', 429, { 'retry-after': '-5' }, undefined],
    ['words', 429, { 'retry-after': 'in 2099' }, undefined],
    ['two values', 429, { 'retry-after': '30, 60' }, undefined],
    ['an exponent', 429, { 'retry-after': '1e9' }, undefined],
    ['longer than a day', 429, { 'retry-after': '99999999999999999999999' }, DAY],
    ['nothing', 429, {}, undefined],
    ['503 with a time', 503, { 'retry-after': '20' }, 20],
    ['500 with a time is no limit', 500, { 'retry-after': '20' }, undefined],
    ['403 with a time', 403, { 'retry-after': '60' }, 60],
    ['404 with a time is no limit', 404, { 'retry-after': '60' }, undefined],
    ['used up, epoch seconds, a second more', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(90) }, 91],
    ['used up, epoch milliseconds', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${inSeconds(90)}000` }, 91],
    ['used up, seconds from now', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' }, 91],
    ['used up, over by now', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(-5) }, undefined],
    ['used up, zero seconds', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' }, undefined],
    ['a time goes before the reset', 403, { 'retry-after': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(90) }, 10],
    ['the last one allowed', 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(90) }, 91],
    ['the last but one', 200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': inSeconds(90) }, undefined],
    [
      'the last one of one budget among several',
      200,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(90), 'x-ratelimit-resource': 'search' },
      undefined,
    ],
    [
      'over one budget among several',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(90), 'x-ratelimit-resource': 'search' },
      91,
    ],
    ['draft headers', 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': '20' }, 21],
    ['draft header with parameters', 200, { ratelimit: 'limit=100, remaining=0, reset=20' }, 21],
    ['draft header, structured', 200, { ratelimit: '"default";r=0;t=20' }, 21],
    ['draft header, something left', 200, { ratelimit: '"default";r=12;t=20' }, undefined],
    ['used up without a time', 200, { 'x-ratelimit-remaining': '0' }, undefined],
    ['an empty header', 429, { 'x-ratelimit-remaining': '', 'retry-after': '' }, undefined],
  ])('%s', (_, status, headers, seconds) => {
    expect(askedUntil(status, new Headers(headers), START)).toBe(seconds === undefined ? undefined : START + seconds * 1000);
  });

  it.each<[boolean, number, Record<string, string>, string]>([
    [true, 429, {}, ''],
    [true, 403, { 'retry-after': '60' }, ''],
    [true, 403, { 'x-ratelimit-remaining': '0' }, ''],
    [true, 403, {}, '{"message":"You have exceeded a secondary rate limit. Please wait"}'],
    [true, 403, {}, 'API rate limit exceeded for 1.2.3.4'],
    [false, 403, {}, '{"message":"Resource not accessible"}'],
    [false, 403, { 'x-ratelimit-remaining': '12' }, ''],
    [false, 403, { 'retry-after': '0' }, ''],
    [false, 200, { 'retry-after': '60' }, 'rate limit'],
    [false, 503, {}, 'rate limit'],
    [true, 503, { 'retry-after': '5' }, ''],
  ])('is a limit: %s for %d %j %s', (limit, status, headers, body) => {
    expect(isLimit(status, new Headers(headers), START, body)).toBe(limit);
  });
});
