import { createServer } from 'node:http';
import { Pool } from 'undici';

/**
 * The yardstick: the least a Node.js reverse proxy can do. No policy, no record; hop-by-hop headers are not even looked at.
 * `node bench/peers/bare-loop.ts <port> <upstream origin>`
 */
const [port, upstream] = process.argv.slice(2);
if (port === undefined || upstream === undefined) throw new Error('usage: bare-loop.ts <port> <upstream origin>');
const pool = new Pool(upstream, { connections: 64, pipelining: 1 });

createServer((request, response) => {
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  pool.dispatch(
    {
      method: request.method as 'GET',
      path: request.url ?? '/',
      headers: request.rawHeaders,
      body: hasBody ? request : null,
    },
    {
      onRequestStart(controller) {
        // A caller that leaves would otherwise leave its upstream connection paused for ever.
        response.once('close', () => response.writableFinished || controller.abort(new Error('the caller has gone')));
      },
      onResponseStart(controller, status) {
        response.writeHead(
          status,
          (controller.rawHeaders as Buffer[]).map((part) => part.toString('latin1')),
        );
      },
      onResponseData(controller, chunk) {
        if (!response.write(chunk)) {
          controller.pause();
          response.once('drain', () => controller.resume());
        }
      },
      onResponseEnd() {
        response.end();
      },
      onResponseError(_controller, error) {
        response.destroy(error);
      },
    },
  );
}).listen(Number(port), '127.0.0.1');
