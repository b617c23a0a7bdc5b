import ipaddr from 'ipaddr.js';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { Finding } from './config-fault.ts';
import { parseListenEntry } from './listen-address.ts';

/** Checks of `server.acme`: what an authority would refuse, and what could not work, is said before anybody is asked. */
export function checkAcme(config: GatewayConfig): Finding[] {
  const { acme, https, hostnames = [], listen = [] } = config.server ?? {};
  if (https !== 'auto') {
    if (acme === undefined) return [];
    return [
      {
        path: ['server', 'acme'],
        code: 'acme-without-auto',
        message:
          '"server.acme" says how the gateway gets a certificate itself, and "server.https" does not ask for that.',
        hint: 'Set server.https to auto, or remove server.acme.',
      },
    ];
  }
  const findings: Finding[] = [];
  if (acme?.termsAccepted !== true) {
    findings.push({
      path: acme === undefined ? ['server', 'https'] : ['server', 'acme'],
      code: 'acme-terms',
      message: 'The authority gives certificates only to those who agree to its terms of service.',
      hint: 'Read them (Let’s Encrypt: https://letsencrypt.org/repository/), and write acme: { termsAccepted: true }.',
    });
  }
  if (hostnames.length === 0) {
    findings.push({
      path: ['server', 'https'],
      code: 'acme-hostnames',
      message: 'A certificate is for host names, and "server.hostnames" names none.',
      hint: 'List the names under which callers reach this gateway: hostnames: [api.shop.example].',
    });
  }
  for (const [index, name] of hostnames.entries()) {
    if (!ipaddr.isValid(name)) continue;
    findings.push({
      path: ['server', 'hostnames', index],
      code: 'acme-hostnames',
      message: `"${name}" is an address, and the certificate can only be for names.`,
      hint: 'Remove it, or use certificate files.',
    });
  }
  const wanted = acme?.challenges ?? [];
  const hasPlain = listen.some((text) => parseListenEntry(text, true)?.protocol === 'redirect');
  if (wanted.includes('http-01') && !hasPlain) {
    findings.push({
      path: ['server', 'acme', 'challenges'],
      code: 'acme-unreachable',
      message:
        'For http-01 the authority comes by plain HTTP on port 80, and no address in "server.listen" speaks that.',
      hint: 'Add ":80" to server.listen, or use tls-alpn-01.',
    });
  }
  if (wanted.includes('dns-01') && acme?.dnsHook === undefined) {
    findings.push({
      path: ['server', 'acme', 'challenges'],
      code: 'acme-hook',
      message: 'For dns-01 a program of yours has to set the record, and "dnsHook" names none.',
      hint: 'Put it into the folder "hooks" of the gateway’s data folder, and write dnsHook: NAME.',
    });
  }
  return findings;
}
