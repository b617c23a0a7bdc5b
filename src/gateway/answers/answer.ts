import type { IncomingHttpHeaders } from 'undici/types/header.js';
import { parseStrictJson } from '../validation/strict-json.ts';

/** An upstream's answer as the steps see it. Texts are worked out once, and only when a step asks. */
export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** In lower case, without parameters; empty when the upstream did not say. */
  readonly mediaType: string;
  readonly isJson: boolean;
  readonly isText: boolean;
  /** Answers that are read while they are being written: they are never held back. */
  readonly isStream: boolean;
  /** The content is compressed or otherwise wrapped, and cannot be read as it stands. */
  readonly isEncoded: boolean;
  #body: Buffer = EMPTY;
  #text: string | null = null;
  #json: { value: unknown } | null | undefined;

  constructor(status: number, headers: IncomingHttpHeaders) {
    this.status = status;
    this.headers = headers;
    const type = headers['content-type'];
    this.mediaType =
      (Array.isArray(type) ? (type[0] ?? '') : (type ?? '')).split(';', 1)[0]?.trim().toLowerCase() ?? '';
    this.isJson = this.mediaType === 'application/json' || this.mediaType.endsWith('+json');
    this.isText = this.isJson || TEXT.test(this.mediaType);
    this.isStream = STREAMS.has(this.mediaType);
    const encoding = headers['content-encoding'];
    this.isEncoded = encoding !== undefined && encoding !== '' && encoding !== 'identity';
  }

  /** The whole content, once it has come. */
  get body(): Buffer {
    return this.#body;
  }

  set body(body: Buffer) {
    this.#body = body;
    this.#text = null;
    this.#json = undefined;
  }

  /** One character a byte: places in it are places in the content. */
  get latin1(): string {
    this.#text ??= this.#body.toString('latin1');
    return this.#text;
  }

  /** The content as JSON; null when it is none, or nests too deeply to be looked at safely. */
  get json(): { value: unknown } | null {
    if (this.#json === undefined) {
      const parsed = this.isJson ? parseStrictJson(this.#body) : { reason: 'not JSON' };
      this.#json = 'reason' in parsed ? null : { value: parsed.value };
    }
    return this.#json;
  }
}

const EMPTY = Buffer.alloc(0);
const TEXT =
  /^(?:text\/.*|.*\+xml|application\/(?:xml|javascript|x-javascript|ecmascript|x-ndjson|ndjson|jsonl|json-seq|graphql|x-www-form-urlencoded|yaml|x-yaml))$/;
const STREAMS = new Set([
  'text/event-stream',
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/json-seq',
]);
