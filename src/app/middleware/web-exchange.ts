import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { endArguments, mergeHead, toBytes, writeArguments } from '../../gateway/index.ts';

/** A handler sees no connection. Its server counts as a proxy on this machine, which is believed when the configuration says so. */
const SERVER_ADDRESS = '127.0.0.1';

/** A Web `Request` in the form in which the pipeline judges requests. */
export class WebRequest extends IncomingMessage {
  readonly #body: AsyncIterator<Uint8Array> | null;

  constructor(request: Request) {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: SERVER_ADDRESS });
    const { protocol, pathname, search, host } = new URL(request.url);
    Object.defineProperty(socket, 'encrypted', { value: protocol === 'https:' });
    super(socket);
    this.method = request.method;
    this.url = pathname + search;
    this.httpVersion = '1.1';
    this.httpVersionMajor = 1;
    this.httpVersionMinor = 1;
    const lists: Record<string, string[]> = {};
    for (const [name, value] of request.headers) lists[name] = [...(lists[name] ?? []), value];
    lists.host ??= [host];
    // A body without a length has no framing of its own any more.
    if (request.body !== null && lists['content-length'] === undefined) lists['transfer-encoding'] = ['chunked'];
    this.rawHeaders = Object.entries(lists).flatMap(([name, values]) => values.flatMap((value) => [name, value]));
    this.headers = Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.join(', ')]));
    this.headersDistinct = lists;
    this.#body = request.body === null ? null : request.body[Symbol.asyncIterator]();
  }

  override _read(): void {
    if (this.#body === null) {
      this.complete = true;
      this.push(null);
      return;
    }
    this.#body.next().then(
      ({ done, value }) => {
        if (done === true) this.complete = true;
        this.push(done === true ? null : Buffer.from(value));
      },
      (error: Error) => this.destroy(error),
    );
  }

  /** The request as the handler gets it: cleaned, and with its body unread. */
  toWeb(original: Request): Request {
    const headers = new Headers();
    for (const [name, values] of Object.entries(this.headersDistinct)) {
      if (name === 'transfer-encoding') continue;
      for (const value of values ?? []) headers.append(name, value);
    }
    const body = this.#body === null ? null : (Readable.toWeb(this) as ReadableStream<Uint8Array>);
    return new Request(original.url, {
      method: original.method,
      headers,
      body,
      duplex: 'half',
      signal: original.signal,
    });
  }
}

/** A response that leaves as a Web `Response`: its head with the first piece of its content or with its end. */
export class WebAnswer extends ServerResponse {
  readonly answered: Promise<Response>;
  #answer: (response: Response) => void = () => {};
  #opened = false;
  #content: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor(request: WebRequest) {
    super(request);
    Object.defineProperty(this, 'headersSent', { get: () => this.#opened });
    this.answered = new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  /** The handler's answer, piece by piece. */
  async send(answer: Response): Promise<void> {
    this.statusCode = answer.status;
    this.statusMessage = answer.statusText;
    for (const [name, value] of answer.headers) if (name !== 'set-cookie') this.setHeader(name, value);
    const cookies = answer.headers.getSetCookie();
    if (cookies.length > 0) this.setHeader('Set-Cookie', cookies);
    for await (const piece of answer.body ?? []) this.write(piece);
    this.end();
  }

  override writeHead(...args: unknown[]): this {
    mergeHead(this, args);
    return this;
  }

  override flushHeaders(): void {
    this.#open(true);
  }

  override write(...args: unknown[]): boolean {
    const { chunk, encoding, done } = writeArguments(args);
    this.#open(true);
    this.#content?.enqueue(toBytes(chunk, encoding));
    done?.();
    return true;
  }

  override end(...args: unknown[]): this {
    const { chunk, encoding, done } = endArguments(args);
    const last = chunk === null || chunk === undefined ? null : toBytes(chunk, encoding);
    this.#open(last !== null);
    if (last !== null) this.#content?.enqueue(last);
    this.#content?.close();
    this.#content = null;
    done?.();
    this.emit('finish');
    this.emit('close');
    return this;
  }

  override destroy(error?: Error): this {
    this.#open(true);
    this.#content?.error(error ?? new Error('the answer was broken off'));
    this.#content = null;
    this.emit('close');
    return this;
  }

  #open(hasContent: boolean): void {
    if (this.#opened) return;
    this.#opened = true;
    const headers = new Headers();
    for (const [name, value] of Object.entries(this.getHeaders())) {
      for (const one of Array.isArray(value) ? value : [String(value)]) headers.append(name, one);
    }
    const bodyless = !hasContent || [204, 205, 304].includes(this.statusCode) || this.req.method === 'HEAD';
    const body = bodyless
      ? null
      : new ReadableStream<Uint8Array>({
          start: (controller) => {
            this.#content = controller;
          },
          cancel: () => {
            this.#content = null;
            this.emit('close');
          },
        });
    this.#answer(new Response(body, { status: this.statusCode, headers }));
  }
}
