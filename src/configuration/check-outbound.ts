import ipaddr from 'ipaddr.js';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { OutboundConfig } from '../contracts/config/outbound-config.ts';
import { sizeFault, timerFault } from './check-server.ts';
import { readAllowPattern } from './compile-outbound.ts';
import { type ConfigPath, type Finding, placeOf } from './config-fault.ts';
import { duplicateName } from './duplicate-name.ts';
import { parseListenAddress } from './listen-address.ts';
import { pathShape, pathTemplateFault } from './path-template.ts';

/** Checks of the vendors' door: names, hosts, who may call what, and the addresses where it is reached. */
export function checkOutbound(config: GatewayConfig): Finding[] {
  const vendors = config.outbound ?? [];
  // In the record a vendor stands where a service does, so the two share their names.
  const names = new Map<string, ConfigPath>(
    config.services.map((service, index): [string, ConfigPath] => [service.name, ['services', index]]),
  );
  const consumers = new Set((config.consumers ?? []).map(({ name }) => name));
  return [
    ...checkAddresses(config),
    ...vendors.flatMap((vendor, index) => {
      const path = ['outbound', index];
      return [
        ...duplicateName(names, vendor.name, path, 'vendor or service'),
        ...checkHost([...path, 'host'], vendor),
        ...checkInjection([...path, 'inject', 'header'], vendor),
        ...checkCallers(path, vendor, consumers),
        ...checkAllow([...path, 'allow'], vendor.allow),
        ...checkSpend([...path, 'limits', 'spendPerDay'], vendor),
        ...sizeFault([...path, 'limits', 'body'], vendor.limits?.body, 0),
        ...timerFault([...path, 'timeouts', 'connect'], vendor.timeouts?.connect),
        ...timerFault([...path, 'timeouts', 'response'], vendor.timeouts?.response),
      ];
    }),
  ];
}

/** Every address is opened once, whoever asks for it. */
function checkAddresses({ server, outbound = [] }: GatewayConfig): Finding[] {
  const wanted: [ConfigPath, string][] = [
    ...(server?.outboundListen ?? []).map((text, index): [ConfigPath, string] => [
      ['server', 'outboundListen', index],
      text,
    ]),
    ...outbound.flatMap(({ listen }, index): [ConfigPath, string][] =>
      listen === undefined ? [] : [[['outbound', index, 'listen'], listen]],
    ),
  ];
  const taken = new Set((server?.listen ?? []).map((text) => text.replace(/^http:\/\//, '')));
  return wanted.flatMap(([path, text]): Finding[] => {
    const address = parseListenAddress(text);
    if (address === null) {
      const hint = 'Write HOST:PORT, such as 127.0.0.1:8081.';
      return [{ path, code: 'listen-invalid', message: `"${text}" is no address to listen on.`, hint }];
    }
    const twice = taken.has(text) && address.port !== 0;
    taken.add(text);
    if (!twice) return [];
    const message = `"${text}" is used twice.`;
    return [{ path, code: 'duplicate', message, hint: 'Give each door a port of its own.' }];
  });
}

function checkHost(path: ConfigPath, { host, allowPrivate, insecure }: OutboundConfig): Finding[] {
  const scheme = insecure === true ? 'http' : 'https';
  if (!URL.canParse(`${scheme}://${host}`)) {
    return [
      { path, code: 'vendor-host', message: `"${host}" is no host.`, hint: 'Write the bare name: api.stripe.com.' },
    ];
  }
  // As URLs are read: "2130706433" and "0x7f.1" are addresses too.
  const name = new URL(`${scheme}://${host}`).hostname.replace(/^\[|\]$/g, '');
  const isPrivate = ipaddr.isValid(name) ? ipaddr.process(name).range() !== 'unicast' : /(^|\.)localhost$/.test(name);
  if (!isPrivate || allowPrivate === true) return [];
  const message = `"${host}" is in a private network or on this machine.`;
  const hint = 'If that is where the vendor runs, write "allowPrivate: true".';
  return [{ path, code: 'vendor-private', message, hint }];
}

/** Fields that frame the message or lead it elsewhere. */
const RESERVED = /^(host|connection|content-.*|transfer-encoding|upgrade|te|trailer|keep-alive|expect|proxy-.*)$/i;

function checkInjection(path: ConfigPath, { inject }: OutboundConfig): Finding[] {
  if (typeof inject !== 'object' || !('header' in inject) || !RESERVED.test(inject.header)) return [];
  const message = `The header "${inject.header}" cannot carry a vendor's key.`;
  return [{ path, code: 'header-name', message, hint: 'Look up in the vendor’s papers which header it reads.' }];
}

function checkCallers(path: ConfigPath, vendor: OutboundConfig, known: ReadonlySet<string>): Finding[] {
  if (vendor.consumers === undefined && vendor.scopes === undefined) {
    const message =
      'Nobody is named who may call this vendor, and with every key of every caller it would be open to all.';
    return [
      { path, code: 'vendor-open', message, hint: 'Name the own programs: consumers: [web-shop]. Or ask for scopes.' },
    ];
  }
  return (vendor.consumers ?? []).flatMap((name, index) =>
    known.has(name)
      ? []
      : [
          {
            path: [...path, 'consumers', index],
            code: 'consumer-unknown',
            message: `There is no consumer "${name}".`,
            hint: 'Add it under "consumers", or correct the name.',
          },
        ],
  );
}

function checkAllow(path: ConfigPath, allow: readonly string[]): Finding[] {
  const seen = new Map<string, ConfigPath>();
  return allow.flatMap((pattern, index): Finding[] => {
    const at = [...path, index];
    const { methods, path: template } = readAllowPattern(pattern);
    const barred = methods.find((method) => BARRED.has(method));
    if (barred !== undefined) {
      return [{ path: at, code: 'allow-pattern', message: `${barred} never passes the gateway.` }];
    }
    const fault = pathTemplateFault(template);
    if (fault !== null) return [{ ...fault, path: at, message: `The path "${template}" ${fault.message}.` }];
    const found: Finding[] = [];
    for (const method of methods) {
      const key = `${method} ${pathShape(template)}`;
      const before = seen.get(key);
      if (before === undefined) seen.set(key, at);
      else if (found.length === 0) {
        const message = `"${pattern}" allows the same as ${placeOf(before)}.`;
        found.push({ path: at, code: 'duplicate', message, hint: 'Remove one of the two.' });
      }
    }
    return found;
  });
}

const BARRED: ReadonlySet<string> = new Set(['CONNECT', 'TRACE']);

function checkSpend(path: ConfigPath, { allow, limits }: OutboundConfig): Finding[] {
  const spend = limits?.spendPerDay;
  if (spend === undefined) return [];
  const findings: Finding[] = spend.on.flatMap((pattern, index) =>
    allow.includes(pattern)
      ? []
      : [
          {
            path: [...path, 'on', index],
            code: 'spend-unlisted',
            message: `"${pattern}" does not stand in "allow" like this, so nothing would be counted.`,
            hint: 'Write it in both places in the same way.',
          },
        ],
  );
  if (typeof spend.most === 'number' && spend.currency !== undefined) {
    const message = 'Amounts of different currencies cannot be added up to one number.';
    const hint = 'Write the most for each currency: most: { eur: 500000 }.';
    findings.push({ path: [...path, 'most'], code: 'spend-currency', message, hint });
  }
  return findings;
}
