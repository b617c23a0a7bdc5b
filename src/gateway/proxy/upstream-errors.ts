import { errors } from 'undici';
import type { DenialCode } from '../../contracts/errors/denials.ts';
import { ForbiddenAddress } from '../../platform/http/guarded-lookup.ts';

/** Which refusal an error on the way to or from an upstream amounts to. */
export function codeOfUpstreamError(error: Error): DenialCode {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return 'upstream-timeout';
  if (error instanceof ForbiddenAddress) return 'vendor-address-refused';
  if (error instanceof errors.ConnectTimeoutError) return 'upstream-unreachable';
  if (UNREACHABLE.has(systemCode(error))) return 'upstream-unreachable';
  return 'upstream-failed';
}

/** Whether the connection broke before a byte of an answer had come, as when the upstream closed it at the moment it was used. */
export function isBrokenConnection(error: Error): boolean {
  return error instanceof errors.SocketError || systemCode(error) === 'ECONNRESET' || systemCode(error) === 'EPIPE';
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function systemCode(error: Error): string {
  const own = (error as { code?: unknown }).code;
  if (typeof own === 'string' && !own.startsWith('UND_ERR')) return own;
  const cause = error.cause;
  return cause instanceof Error
    ? systemCode(cause)
    : error instanceof AggregateError
      ? systemCode(error.errors[0])
      : '';
}
