import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAddress, parseIpv4, parseIpv6 } from './addresses.ts';
import { classifyHost } from './hosts.ts';
import { urlsIn } from './url-words.ts';

const bits = fc.integer({ min: 0, max: 0xffffffff });
const byte = (value: number, index: number): number => Math.floor(value / 256 ** (3 - index)) % 256;
const parts = (value: number): number[] => [0, 1, 2, 3].map((index) => byte(value, index));

describe('parseIpv4', () => {
  it('reads an address in every notation as the same', () => {
    fc.assert(
      fc.property(bits, fc.array(fc.constantFrom(8, 10, 16), { minLength: 4, maxLength: 4 }), (value, bases) => {
        const write = (part: number, base: number | undefined): string =>
          base === 8 ? `0${part.toString(8)}` : base === 16 ? `0x${part.toString(16)}` : String(part);
        const bytes = parts(value);
        const notations = [
          bytes.join('.'),
          bytes.map((part, index) => write(part, bases[index])).join('.'),
          write(value, bases[0]),
          `${write(byte(value, 0), bases[0])}.${write(value % 2 ** 24, bases[1])}`,
          `${write(byte(value, 0), bases[0])}.${byte(value, 1)}.${write(value % 65_536, bases[2])}`,
        ];
        for (const notation of notations) expect(parseIpv4(notation)?.value).toBe(value);
        const groups = [Math.floor(value / 65_536), value % 65_536].map((group) => group.toString(16));
        expect(classifyAddress(`[::ffff:${groups.join(':')}]`)?.kind).toBe(classifyAddress(bytes.join('.'))?.kind);
      }),
    );
  });

  it('calls only plain dotted decimals plain', () => {
    fc.assert(
      fc.property(bits, (value) => {
        expect(parseIpv4(parts(value).join('.'))?.odd).toBe(false);
        expect(parseIpv4(String(value))?.odd).toBe(true);
      }),
    );
  });

  it.each(['', '256.1.1.1', '1.2.3.4.5', '1.2.3', 'example.com', '0x', '08.1.1.1', '1..2', '4294967296'])(
    'reads %j as no dotted decimal',
    (text) => {
      const found = parseIpv4(text);
      expect(found === null || found.odd).toBe(true);
    },
  );
});

describe('parseIpv6', () => {
  it('reads what it was written as', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (groups) => {
        expect(parseIpv6(groups.map((group) => group.toString(16)).join(':'))).toEqual(groups);
      }),
    );
  });

  it('fills the gap', () => {
    expect(parseIpv6('2001:db8::1')).toEqual([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]);
    expect(parseIpv6('::')).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(parseIpv6('1::2::3')).toBeNull();
    expect(parseIpv6('1:2:3')).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        classifyAddress(text);
        classifyHost(text);
        for (const url of urlsIn(`http://${text}`)) expect(url.end).toBeGreaterThanOrEqual(url.start);
      }),
    );
  });
});

describe('classifyHost', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['localhost', 'loopback'],
    ['[::1]', 'loopback'],
    ['0', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['192.168.0.1', 'private'],
    ['[fc00::1]', 'private'],
    ['169.254.7.7', 'link-local'],
    ['[fe80::1%eth0]', 'link-local'],
    ['169.254.169.254', 'metadata'],
    ['[fd00:ec2::254]', 'metadata'],
    ['metadata.google.internal.', 'metadata'],
    ['203.0.113.9', 'public'],
    ['172.32.0.1', 'public'],
    ['①②⑦。⓪。⓪。①', 'loopback'],
    ['a.127-0-0-1.nip.io', 'loopback'],
  ])('%s is %s', (host, kind) => {
    expect(classifyHost(host)?.kind).toBe(kind);
  });

  it.each(['example.com', 'localhost.example.com', 'metadata.example.com', 'nip.io', 'abc.nip.io'])(
    '%s says nothing',
    (host) => {
      expect(classifyHost(host)).toBeNull();
    },
  );
});
