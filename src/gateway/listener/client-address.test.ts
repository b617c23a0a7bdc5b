import type { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientBehindProxy, compileTrustedProxies, peerOf } from './client-address.ts';

const trusted = compileTrustedProxies(['10.0.0.0/8', '192.0.2.1', '2001:db8:a::/48']);
const at = (remoteAddress: string) => peerOf({ remoteAddress } as Socket, trusted);
const proxy = at('10.0.0.1');

describe('peer of a connection', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9', '203.0.113.9', false],
    ['::ffff:203.0.113.9', '203.0.113.9', '203.0.113.9', false],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', false],
    ['fe80::1%eth0', 'fe80::1', 'fe80:0:0:0::/64', false],
    ['::ffff:10.9.9.9', '10.9.9.9', '10.9.9.9', true],
    ['2001:db8:a:1::1', '2001:db8:a:1::1', '2001:db8:a:1::/64', true],
    ['192.0.2.1', '192.0.2.1', '192.0.2.1', true],
    ['', 'unknown', 'unknown', false],
  ])('%s', (remote, address, group, believed) => {
    expect(at(remote)).toEqual({ address, group, trusted: believed });
  });
});

describe('client behind a trusted proxy', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['203.0.113.1, 198.51.100.7', '198.51.100.7'],
    ['198.51.100.7, 10.1.1.1', '198.51.100.7'],
    ['6.6.6.6, 198.51.100.7, 10.1.1.1, 192.0.2.1', '198.51.100.7'],
    ['198.51.100.7:4711', '198.51.100.7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['fe80::7%en0', 'fe80::7'],
    ['10.1.1.1', '10.1.1.1'],
    ['', '10.0.0.1'],
    ['junk', '10.0.0.1'],
    ['198.51.100.7, junk', '10.0.0.1'],
    ['6.6.6.6, junk, 10.1.1.1', '10.1.1.1'],
    ['0x7f.1', '10.0.0.1'],
    ['198.51.100.7,', '10.0.0.1'],
  ])('X-Forwarded-For: %s', (header, address) => {
    expect(clientBehindProxy(proxy, header, trusted).address).toBe(address);
  });

  it('takes the rightmost untrusted address, whatever the client wrote to its left', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.string())), (left) => {
        const header = [...left, '198.51.100.7', '10.2.2.2'].join(', ');
        expect(clientBehindProxy(proxy, header, trusted).address).toBe('198.51.100.7');
      }),
    );
  });
});
