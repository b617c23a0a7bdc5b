export type Fault = { place: string; message: string };

/**
 * An error that a person may see: a stable `code`, one plain sentence (`message`) and the next step. The API server turns it
 * into a problem body (RFC 9457), the command line into a sentence and an exit code. Never put secrets into any field.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly next: string | undefined;
  readonly faults: readonly Fault[] | undefined;
  /** Seconds after which asking again may help; leaves as `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(
    code: string,
    message: string,
    options: { status?: number; next?: string; faults?: readonly Fault[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = options.status ?? 500;
    this.next = options.next;
    this.faults = options.faults;
    this.retryAfter = options.retryAfter;
  }
}
