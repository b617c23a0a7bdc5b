import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { durationToMs, sizeToBytes } from '../contracts/units.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';
import { parseListenEntry } from './listen-address.ts';

/** Node's timers hold 31 bits of milliseconds; a longer time would fire at once. */
const MAX_TIMER_MS = 24 * 86_400_000;
const MAX_SIZE_BYTES = 1024 ** 4;

/** Checks of `server` and of everything written as a length of time or a size that the schema cannot express. */
export function checkServer(config: GatewayConfig): Finding[] {
  const server = config.server ?? {};
  const findings: Finding[] = [];
  const https = server.https !== undefined && server.https !== 'off';
  let speaksHttps = server.listen === undefined;
  const seen = new Set<string>();
  for (const [index, text] of (server.listen ?? []).entries()) {
    const path = ['server', 'listen', index];
    const address = parseListenEntry(text, https);
    speaksHttps ||= address?.protocol === 'https';
    if (address === null) {
      findings.push({
        path,
        code: 'listen-invalid',
        message: `"${text}" is no address to listen on.`,
        hint: 'Write HOST:PORT such as 127.0.0.1:8080, [::1]:8080, or :80 for every address.',
      });
      continue;
    }
    const key = `${address.host}:${address.port}`;
    if (seen.has(key) && address.port !== 0)
      findings.push({ path, code: 'duplicate', message: `"${text}" is listed twice.`, hint: 'Remove one of the two.' });
    seen.add(key);
  }
  if (https && !speaksHttps && findings.length === 0) {
    findings.push({
      path: ['server', 'listen'],
      code: 'https-unreachable',
      message: '"https" is on, and every address in "server.listen" only sends callers on to it.',
      hint: 'Add an address for HTTPS, such as ":443".',
    });
  }
  if (!https && server.hsts !== undefined && server.hsts !== 'off') {
    findings.push({
      path: ['server', 'hsts'],
      code: 'hsts-without-https',
      message: '"server.hsts" makes browsers insist on HTTPS, which is off here.',
      hint: 'Turn on server.https, or remove server.hsts.',
    });
  }
  if (!https && server.clientCertificates !== undefined) {
    findings.push({
      path: ['server', 'clientCertificates'],
      code: 'certificates-without-https',
      message: 'Client certificates are shown in a TLS handshake, and HTTPS is off here.',
      hint: 'Turn on server.https, or remove server.clientCertificates.',
    });
  }
  findings.push(...checkIdentityHeaders(server.identityHeaders));
  const limits = server.limits ?? {};
  findings.push(...sizeFault(['server', 'limits', 'body'], limits.body, 0));
  findings.push(...sizeFault(['server', 'limits', 'headers'], limits.headers, 1024));
  findings.push(...timerFault(['server', 'limits', 'headerTimeout'], limits.headerTimeout));
  findings.push(...timerFault(['server', 'limits', 'idle'], limits.idle));
  return findings;
}

const RESERVED_HEADERS =
  /^(host|connection|content-.*|transfer-encoding|upgrade|te|trailer|keep-alive|expect|authorization|cookie|x-api-key|x-request-id|proxy-.*|x-forwarded-.*|forwarded)$/i;

function checkIdentityHeaders(
  headers: Partial<Record<'consumer' | 'scopes' | 'route', string | undefined>> | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [key, name] of Object.entries(headers ?? {})) {
    if (name === undefined) continue;
    const path = ['server', 'identityHeaders', key];
    // RFC 9110 §5.6.2, without the marks that some servers read as "-".
    if (!/^[A-Za-z0-9-]{1,64}$/.test(name) || RESERVED_HEADERS.test(name)) {
      findings.push({
        path,
        code: 'header-name',
        message: `"${name}" cannot be used for the caller's identity.`,
        hint: 'Choose a name of its own with letters, digits and "-", such as X-Shop-Consumer.',
      });
    } else if (seen.has(name.toLowerCase())) {
      findings.push({
        path,
        code: 'duplicate',
        message: `The header "${name}" is used twice.`,
        hint: 'Give each of the three its own name.',
      });
    }
    seen.add(name.toLowerCase());
  }
  return findings;
}

/** A length of time that a timer keeps: 1 ms to 24 days. */
export function timerFault(path: ConfigPath, text: string | undefined): Finding[] {
  if (text === undefined) return [];
  const ms = durationToMs(text);
  if (ms >= 1 && ms <= MAX_TIMER_MS) return [];
  return [
    {
      path,
      code: ms < 1 ? 'too-small' : 'too-big',
      message: `"${placeOf(path)}" must be between 1ms and 24d, not "${text}".`,
    },
  ];
}

/** A size between `least` and one TiB. */
export function sizeFault(path: ConfigPath, text: string | undefined, least: number): Finding[] {
  if (text === undefined) return [];
  const bytes = sizeToBytes(text);
  if (bytes >= least && bytes <= MAX_SIZE_BYTES) return [];
  const bound = bytes < least ? `at least ${least / 1024}KiB` : 'at most 1024GiB';
  return [
    {
      path,
      code: bytes < least ? 'too-small' : 'too-big',
      message: `"${placeOf(path)}" must be ${bound}, not "${text}".`,
    },
  ];
}
