import { describe, expect, it } from 'vitest';
import { checkedRedirect, checkedUrl } from '../../src/net/url-rules.ts';
import { faultOf } from './planned-fetch.ts';

const RULES = { allowLoopback: false, trustedHosts: [], optOut: [] };

/** @returns The host that would be asked, or the code of the refusal. */
function outcome(check: () => URL): string {
  try {
    return check().host;
  } catch (error) {
    return faultOf(error).code;
  }
}

describe('a URL that leads inside by its spelling is refused', () => {
  it.each([
    ['two parts in hexadecimal', 'https://0x7f.1/'],
    ['capitals', 'https://0X7F.0x1/'],
    ['two parts in octal', 'https://0177.1/'],
    ['octal with more zeros', 'https://00000177.0.0.1/'],
    ['bases mixed', 'https://127.0.0.0x1/'],
    ['zeros in front of decimals', 'https://127.000.000.001/'],
    ['one number with a dot and a port', 'https://2130706433.:443/'],
    ['circled digits', 'https://①②⑦.⓪.⓪.①/'],
    ['full-width digits and stops', 'https://１２７．０．０．１/'],
    ['three kinds of stops', 'https://127。0｡0．1/'],
    ['superscript digits', 'https://¹²⁷.0.0.1/'],
    ['circled letters', 'https://ⓛocalhost/'],
    ['a soft hyphen', 'https://lo\u00adcalhost/'],
    ['percent-encoded letters', 'https://%6c%6f%63alhost/'],
    ['a percent-encoded dot at the end', 'https://127.0.0.1%2e/'],
    ['a tab within', 'https://12\t7.0.0.1/'],
    ['white space around', ' https://127.0.0.1/ '],
    ['a line feed at the end', 'https://127.0.0.1\n/'],
    ['three slashes', 'https:///127.0.0.1/'],
    ['backslashes', 'https:\\\\127.0.0.1\\'],
    ['an empty user', 'https://@127.0.0.1/'],
    ['an empty user and password', 'https://:@127.0.0.1/'],
    ['a public address after the hash', 'https://127.0.0.1#@8.8.8.8/'],
    ['port 0', 'https://127.0.0.1:0/'],
    ['the usual port', 'https://127.0.0.1:443/'],
    ['the highest port', 'https://127.0.0.1:65535/'],
    ['the unspecified address with a port', 'https://0.0.0.0:8080/'],
    ['zero in hexadecimal', 'https://0x0/'],
    ['the broadcast address as a number', 'https://4294967295/'],
    ['IPv4-mapped in capitals', 'https://[::FFFF:7F00:1]/'],
    ['IPv4-mapped in full', 'https://[0:0:0:0:0:ffff:127.0.0.1]/'],
    ['IPv4-mapped unspecified', 'https://[::ffff:0.0.0.0]/'],
    ['IPv4-translated', 'https://[::ffff:0:127.0.0.1]/'],
    ['NAT64, its zero', 'https://[64:ff9b::]/'],
    ['NAT64 of local use', 'https://[64:ff9b:1::7f00:1]/'],
    ['NAT64 of local use, another prefix', 'https://[64:ff9b:1:ffff::10.0.0.1]/'],
    ['6to4 of the metadata', 'https://[2002:a9fe:a9fe::1]/'],
    ['site-local', 'https://[fec0::1]/'],
    ['discard', 'https://[100::1]/'],
  ])('%s: %j', (_, url) => {
    expect(outcome(() => checkedUrl(url, RULES))).toBe('private-address');
    expect(outcome(() => checkedRedirect(new URL('https://public.example/'), url, RULES))).toBe('private-address');
  });

  it.each([
    // As a redirect these two are paths of the same host.
    ['one slash', 'https:/127.0.0.1/', 'private-address'],
    ['no slash', 'https:127.0.0.1/', 'private-address'],
    ['a zone', 'https://[fe80::1%25lo]/', 'bad-url'],
    ['a NUL', 'https://127.0.0.1%00/', 'bad-url'],
    ['a NUL in a name', 'https://localhost%00.example.com/', 'bad-url'],
    ['a space', 'https://127.0.0.1%20/', 'bad-url'],
    ['digits of another script', 'https://१२७.0.0.1/', 'bad-url'],
    ['a number beyond 32 bits', 'https://4294967296/', 'bad-url'],
    ['a port beyond 16 bits', 'https://127.0.0.1:65536/', 'bad-url'],
    ['a public address as the user', 'https://8.8.8.8@127.0.0.1/', 'insecure-url'],
    ['a slash in the user', 'https://127.0.0.1%2f@8.8.8.8/', 'insecure-url'],
  ])('%s: %j', (_, url, code) => {
    expect(outcome(() => checkedUrl(url, RULES))).toBe(code);
  });

  it.each([
    ['a backslash before the at', 'https://8.8.8.8\\@127.0.0.1/', '8.8.8.8'],
    ['a hash before the at', 'https://8.8.8.8#@127.0.0.1/', '8.8.8.8'],
    ['a question mark before the at', 'https://8.8.8.8?@127.0.0.1/', '8.8.8.8'],
  ])('%s is asked where the URL standard says, and nowhere else: %j', (_, url, host) => {
    expect(outcome(() => checkedUrl(url, RULES))).toBe(host);
  });
});

describe('a redirect that leads inside by its spelling is refused', () => {
  it.each([
    ['without a scheme', '//127.0.0.1/'],
    ['without a scheme, as one number', '//2130706433/'],
    ['backslashes', '\\\\169.254.169.254\\latest'],
    ['a slash and a backslash', '/\\169.254.169.254/'],
    ['a tab between the slashes', '/\t/127.0.0.1/'],
    ['white space in front', '  //127.0.0.1/'],
    ['IPv6 without a scheme', '//[::1]:8080/'],
  ])('%s: %j', (_, location) => {
    expect(outcome(() => checkedRedirect(new URL('https://public.example/a/b'), location, RULES))).toBe('private-address');
  });
});
