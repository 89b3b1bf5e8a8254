import { describe, expect, it } from 'vitest';
import { checkedRedirect, checkedUrl } from '../../src/net/url-rules.ts';
import { faultOf } from './planned-fetch.ts';

const rules = { allowLoopback: false, trustedHosts: [], optOut: [] };

/** @returns The URL as it would be asked, or the code of the refusal. */
function judged(url: string, { allowLoopback = false, trustedHosts = [] as string[], optOut = [] as string[] } = {}): string {
  try {
    return checkedUrl(url, { allowLoopback, trustedHosts, optOut }).href;
  } catch (error) {
    return faultOf(error).code;
  }
}

describe('which URLs may be asked', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b'],
    ['https://example.com:8443/', 'https://example.com:8443/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700:4700::1111]/', 'https://[2606:4700:4700::1111]/'],
    ['http://example.com/', 'insecure-url'],
    ['HTTP://EXAMPLE.COM/', 'insecure-url'],
    ['ftp://example.com/', 'insecure-url'],
    ['file:///etc/passwd', 'insecure-url'],
    ['data:text/plain,hi', 'insecure-url'],
    ['https://user@example.com/', 'insecure-url'],
    ['https://user:pass@example.com/', 'insecure-url'],
    ['https://8.8.8.8@10.0.0.1/', 'insecure-url'],
    ['', 'bad-url'],
    ['example.com', 'bad-url'],
    ['https://', 'bad-url'],
    ['https://{host}/mcp', 'bad-url'],
    ['https://[fe80::1%25eth0]/', 'bad-url'],
    ['https://256.256.256.256/', 'bad-url'],
    [`https://example.com/${'a'.repeat(8_000)}`, 'bad-url'],
  ])('%s → %s', (url, expected) => {
    expect(judged(url)).toBe(expected);
  });

  /** Each is an address that nobody outside may lead to, as a URL can spell it. */
  const LOOPBACK = [
    ['dotted', '127.0.0.1'],
    ['another of the block', '127.1.2.3'],
    ['one number', '2130706433'],
    ['hexadecimal number', '0x7f000001'],
    ['octal number', '017700000001'],
    ['hexadecimal parts', '0x7f.0x0.0x0.0x1'],
    ['octal parts', '0177.0.0.01'],
    ['mixed parts', '0x7f.0.0.01'],
    ['two parts', '127.1'],
    ['three parts', '127.0.1'],
    ['trailing dot', '127.0.0.1.'],
    ['percent-encoded', '%31%32%37.0.0.1'],
    ['full-width digits', '１２７.0.0.1'],
    ['ideographic full stops', '127。0。0。1'],
    ['IPv6', '[::1]'],
    ['IPv6 in full', '[0:0:0:0:0:0:0:1]'],
    ['IPv4-mapped', '[::ffff:127.0.0.1]'],
    ['IPv4-mapped in hexadecimal', '[::ffff:7f00:1]'],
    ['name', 'localhost'],
    ['name in capitals', 'LOCALHOST'],
    ['name with a trailing dot', 'localhost.'],
    ['name below it', 'a.b.localhost'],
  ];
  const PRIVATE = [
    ['private', '10.0.0.1'],
    ['private as one number', '167772161'],
    ['private in octal', '012.0.0.1'],
    ['metadata', '169.254.169.254'],
    ['metadata as one number', '2852039166'],
    ['metadata in hexadecimal', '0xa9fea9fe'],
    ['metadata, IPv4-mapped', '[::ffff:169.254.169.254]'],
    ['metadata through NAT64', '[64:ff9b::a9fe:a9fe]'],
    ['unspecified', '0.0.0.0'],
    ['unspecified, short', '0'],
    ['unspecified, IPv6', '[::]'],
    ['loopback, IPv4-compatible', '[::127.0.0.1]'],
    ['loopback through NAT64', '[64:ff9b::127.0.0.1]'],
    ['loopback through 6to4', '[2002:7f00:1::]'],
    ['link-local', '[fe80::1]'],
    ['unique local', '[fd00::1]'],
  ];

  it.each([...LOOPBACK, ...PRIVATE])('refuses %s: %s', (_, host) => {
    expect(judged(`https://${host}/`)).toBe('private-address');
  });

  it.each(LOOPBACK)('allowed to loopback, also over http: %s: %s', (_, host) => {
    expect(judged(`http://${host}/`, { allowLoopback: true })).toMatch(/^http:/);
  });

  it.each(PRIVATE)('loopback allowed, still refuses %s: %s', (_, host) => {
    expect(judged(`https://${host}/`, { allowLoopback: true })).toBe('private-address');
  });

  it('loopback allowed, still refuses http: to anywhere else', () => {
    expect(judged('http://example.com/', { allowLoopback: true })).toBe('insecure-url');
  });

  it.each([
    ['example.com', 'https://example.com/', true],
    ['example.com', 'https://EXAMPLE.com./', true],
    ['Example.COM', 'https://example.com:8443/', true],
    ['example.com', 'https://www.example.com/', false],
    ['example.com', 'https://notexample.com/', false],
    ['*.example.com', 'https://www.example.com/', true],
    ['*.example.com', 'https://a.b.example.com./', true],
    ['*.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://notexample.com/', false],
    ['bücher.example', 'https://xn--bcher-kva.example/', true],
    ['8.8.8.8', 'https://134744072/', true],
    ['not a host', 'https://example.com/', false],
  ])('opted out %s: %s is left alone: %s', (pattern, url, leftAlone) => {
    expect(judged(url, { optOut: ['other.example', pattern] }) === 'opted-out').toBe(leftAlone);
  });

  it('says what is wrong without repeating a secret', () => {
    const seen = (() => {
      try {
        return checkedUrl('https://me:hunter2@example.com/x?api_key=abcdef&page=2', rules);
      } catch (error) {
        return faultOf(error);
      }
    })();
    expect(seen).toStrictEqual({
      code: 'insecure-url',
      subject: 'https://example.com/x?api_key=%E2%80%A6&page=2',
      message: 'example.com would be sent a password from the URL.',
      retryable: false,
    });
  });
});

describe('where redirects may lead', () => {
  it.each([
    ['https://a.example/x', '/y?z', 'https://a.example/y?z'],
    ['https://a.example/x/', '../y', 'https://a.example/y'],
    ['https://a.example/x', '//b.example/y', 'https://b.example/y'],
    ['https://a.example/x', 'https://b.example/', 'https://b.example/'],
    ['https://a.example/x', 'http://a.example/x', 'redirect-refused'],
    ['https://a.example/x', 'http://127.0.0.1/', 'redirect-refused'],
    ['https://a.example/x', 'https://127.0.0.1/', 'private-address'],
    ['https://a.example/x', 'https://2130706433/', 'private-address'],
    ['https://a.example/x', 'https://localhost:3000/', 'private-address'],
    ['https://a.example/x', 'https://169.254.169.254/latest/meta-data', 'private-address'],
    ['https://a.example/x', 'https://me:pw@a.example/', 'insecure-url'],
    ['https://a.example/x', 'file:///etc/passwd', 'insecure-url'],
    ['https://a.example/x', 'javascript:alert(1)', 'insecure-url'],
    ['https://a.example/x', 'https://[', 'redirect-refused'],
    ['https://a.example/x', 'https://out.example/', 'opted-out'],
    ['http://127.0.0.1:3000/x', 'http://127.0.0.1:4000/y', 'http://127.0.0.1:4000/y'],
    ['http://127.0.0.1:3000/x', 'http://10.0.0.1/', 'private-address'],
    ['http://127.0.0.1:3000/x', 'http://example.com/', 'insecure-url'],
    ['http://127.0.0.1:3000/x', 'https://example.com/', 'https://example.com/'],
  ])('%s to %s → %s', (from, location, expected) => {
    const target = () => checkedRedirect(new URL(from), location, { allowLoopback: true, trustedHosts: [], optOut: ['out.example'] }).href;
    const seen = (() => {
      try {
        return target();
      } catch (error) {
        return faultOf(error).code;
      }
    })();
    expect(seen).toBe(expected);
  });
});
