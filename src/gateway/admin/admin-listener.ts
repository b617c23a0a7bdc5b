import { createServer } from 'node:http';
import { AppError } from '../../platform/app-error.ts';
import type { Gateway } from '../gateway.ts';
import { renderUpstreams } from './upstream-metrics.ts';

export type AdminListener = { address: string; close(): Promise<void> };

/**
 * Health and metrics on an address of their own, never on the public one: `/healthz` (the process runs), `/readyz` (it has a
 * configuration and listens, with a certificate where one is needed; 503 otherwise), `/metrics` (Prometheus text format 0.0.4).
 */
export async function startAdminListener(
  gateway: Gateway,
  listen: { host: string; port: number },
): Promise<AdminListener> {
  const server = createServer((request, response) => {
    const [status, type, body] = answer(gateway, request.method ?? '', request.url ?? '');
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

function answer(gateway: Gateway, method: string, path: string): [number, string, string] {
  if (method !== 'GET' && method !== 'HEAD') return [405, 'text/plain', 'only GET\n'];
  const revision = gateway.snapshot()?.revision ?? null;
  const awaited = gateway.automaticCertificate()?.awaited === true;
  const ready = revision !== null && gateway.addresses().length > 0 && !awaited && !gateway.isDraining();
  switch (path) {
    case '/healthz':
      return [200, 'application/json', `${JSON.stringify({ status: 'ok', version: gateway.version })}\n`];
    case '/readyz':
      return [
        ready ? 200 : 503,
        'application/json',
        `${JSON.stringify({ ready, revision, ...(awaited ? { awaits: 'certificate' } : {}) })}\n`,
      ];
    case '/metrics':
      return [200, 'text/plain; version=0.0.4; charset=utf-8', metrics(gateway)];
    default:
      return [404, 'text/plain', 'there is /healthz, /readyz and /metrics\n'];
  }
}

function metrics(gateway: Gateway): string {
  return gateway.metrics.render(gauges(gateway)) + renderUpstreams(gateway.upstreams());
}

function gauges(gateway: Gateway) {
  const spool = gateway.spool.status();
  const certificate = gateway.certificateSecondsLeft();
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
            gateway.metrics.failedHandshakes,
          ),
        }),
    nightlatch_http2_breaches_total: counter(
      'HTTP/2 connections closed over floods or breaches of the protocol.',
      gateway.metrics.http2Breaches,
    ),
    nightlatch_config_revision: gauge('Revision of the configuration in service.', gateway.snapshot()?.revision ?? 0),
    nightlatch_open_connections: gauge('Connections open to callers.', gateway.openConnections()),
    nightlatch_active_requests: gauge('Requests under way.', gateway.activeRequests()),
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
