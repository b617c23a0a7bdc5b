import { createServer } from 'node:http';
import { AppError } from '../../platform/app-error.ts';
import type { ServedGateway } from '../served-gateway.ts';
import { GatewayMetrics } from './metrics.ts';
import type { GatewayReading } from './reading.ts';
import { renderUpstreams } from './upstream-metrics.ts';

export type AdminListener = { address: string; close(): Promise<void> };

/**
 * Health and metrics on an address of their own, never on the public one: `/healthz` (the process runs), `/readyz` (it has a
 * configuration and listens, with a certificate where one is needed; 503 otherwise), `/metrics` (Prometheus text format 0.0.4).
 */
export async function startAdminListener(
  gateway: ServedGateway,
  listen: { host: string; port: number },
): Promise<AdminListener> {
  const server = createServer(async (request, response) => {
    const [status, type, body] = await answer(gateway, request.method ?? '', request.url ?? '');
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new AppError(
          'port-taken',
          `The admin address ${listen.host}:${listen.port} cannot be opened (${error.code}).`,
          {
            next: 'Choose another one with --admin HOST:PORT.',
            cause: error,
          },
        ),
      ),
    );
    server.listen(listen.port, listen.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : listen.port;
  return {
    address: `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(gateway: ServedGateway, method: string, path: string): Promise<[number, string, string]> {
  if (method !== 'GET' && method !== 'HEAD') return [405, 'text/plain', 'only GET\n'];
  const revision = gateway.snapshot()?.revision ?? null;
  const awaited = gateway.automaticCertificate()?.awaited === true;
  const ready = gateway.isReady();
  switch (path) {
    case '/healthz':
      return [200, 'application/json', `${JSON.stringify({ status: 'ok', version: gateway.version })}\n`];
    case '/readyz':
      return [
        ready ? 200 : 503,
        'application/json',
        `${JSON.stringify({ ready, revision, ...(awaited ? { awaits: 'certificate' } : {}), ...(await closedParts(gateway)) })}\n`,
      ];
    case '/metrics':
      return [200, 'text/plain; version=0.0.4; charset=utf-8', metrics(gateway, await gateway.read())];
    default:
      return [404, 'text/plain', 'there is /healthz, /readyz and /metrics\n'];
  }
}

/** Present when something is closed because its secret is gone. */
async function closedParts(gateway: ServedGateway): Promise<{ closed?: readonly string[] }> {
  const { closed } = await gateway.read();
  return closed.length === 0 ? {} : { closed };
}

function metrics(gateway: ServedGateway, reading: GatewayReading): string {
  const counted = new GatewayMetrics();
  counted.add(reading.metrics);
  return counted.render(gauges(gateway, reading)) + renderUpstreams(reading.upstreams);
}

function gauges(gateway: ServedGateway, { spool, certificateSecondsLeft: certificate, ...reading }: GatewayReading) {
  const automatic = gateway.automaticCertificate();
  return {
    ...(automatic === null
      ? {}
      : {
          nightlatch_certificate_awaited: gauge('1 while https waits for its certificate.', automatic.awaited ? 1 : 0),
          nightlatch_certificate_order_failures_total: counter(
            'Attempts to get a certificate that failed.',
            automatic.failures,
          ),
        }),
    ...(certificate === null
      ? {}
      : {
          nightlatch_certificate_expiry_seconds: gauge('Seconds until the certificate in service ends.', certificate),
          nightlatch_tls_handshake_failures_total: counter(
            'Connections on which TLS never came to be.',
            reading.metrics.failedHandshakes,
          ),
        }),
    nightlatch_http2_breaches_total: counter(
      'HTTP/2 connections closed over floods or breaches of the protocol.',
      reading.metrics.http2Breaches,
    ),
    nightlatch_config_revision: gauge('Revision of the configuration in service.', gateway.snapshot()?.revision ?? 0),
    nightlatch_closed_parts: gauge(
      'Vendors, webhooks and issuers closed as their secret is gone.',
      reading.closed.length,
    ),
    nightlatch_open_connections: gauge('Connections open to callers.', reading.openConnections),
    nightlatch_active_requests: gauge('Requests under way.', reading.activeRequests),
    nightlatch_spool_bytes: gauge('Size of the event log on disk.', spool.bytes),
    nightlatch_spool_last_seq: counter('Number of the last recorded event.', spool.lastSeq),
    nightlatch_spool_dropped_events_total: counter('Events dropped by caps or a full disk.', spool.droppedEvents),
    process_resident_memory_bytes: gauge('Resident memory size in bytes.', process.memoryUsage.rss()),
    process_start_time_seconds: gauge('Start time of the process since the Unix epoch.', gateway.startedAt / 1000),
  };
}

function gauge(help: string, value: number) {
  return { help, type: 'gauge' as const, value };
}

function counter(help: string, value: number) {
  return { help, type: 'counter' as const, value };
}
