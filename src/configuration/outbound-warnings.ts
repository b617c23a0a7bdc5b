import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { parseListenAddress } from './listen-address.ts';

/** What can be put into service at the vendors' door and is probably not what was meant. */
export function outboundWarnings({ server, outbound = [] }: GatewayConfig): Finding[] {
  return [
    ...(server?.outboundListen ?? []).flatMap((text, index) => exposed(['server', 'outboundListen', index], text)),
    ...outbound.flatMap(({ listen, insecure, allowPrivate }, index) => [
      ...(listen === undefined ? [] : exposed(['outbound', index, 'listen'], listen)),
      ...(insecure === true && allowPrivate !== true ? plainHttp(['outbound', index, 'insecure']) : []),
    ]),
  ];
}

function exposed(path: ConfigPath, text: string): Finding[] {
  const host = parseListenAddress(text)?.host ?? '';
  if (host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)) return [];
  const message = `"${text}" opens the vendors' door to other machines, without TLS: callers' keys can be read on their way.`;
  const hint = 'Use 127.0.0.1 for programs on this machine, or let a private network alone reach it.';
  return [{ path, code: 'outbound-exposed', message, hint }];
}

function plainHttp(path: ConfigPath): Finding[] {
  const message = "With plain http the vendor's key can be read on its way.";
  return [{ path, code: 'outbound-insecure', message, hint: 'Remove "insecure"; it is for tests.' }];
}
