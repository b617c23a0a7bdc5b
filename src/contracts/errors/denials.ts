import { vendorDenials } from './vendor-denials.ts';

/**
 * Every refusal of the gateway: stable code, HTTP status, and the words that the caller gets (RFC 9457 `title` and `detail`).
 * `detail` is one plain sentence with a next step for the calling developer; it never says which half of a credential was
 * wrong. What the owner reads about the same code stands in the console's message catalog under `denials.<code>`.
 */
export type Denial = { readonly status: number; readonly title: string; readonly detail: string };

const denials = {
  'request-malformed': {
    status: 400,
    title: 'Malformed request',
    detail: 'The request is not valid HTTP. Send it again with a standard client.',
  },
  'path-ambiguous': {
    status: 400,
    title: 'Ambiguous path',
    detail: 'The path can be read in two ways. Send it without dot segments, doubled slashes or double encoding.',
  },
  'path-encoded-slash': {
    status: 400,
    title: 'Encoded slash in the path',
    detail:
      'The path holds an encoded slash (%2F or %5C), which this route does not take. The owner of this API can switch it on for the route with allowEncodedSlash.',
  },
  'path-case': {
    status: 400,
    title: 'Ambiguous path',
    detail: 'The path differs from a protected one only by capital letters. Use the documented spelling.',
  },
  'host-invalid': { status: 400, title: 'Invalid Host', detail: 'Send exactly one valid Host header.' },
  'header-ambiguous': {
    status: 400,
    title: 'Ambiguous header',
    detail: 'A header that may occur once was sent more than once or cannot be trusted in this form.',
  },
  'credential-ambiguous': {
    status: 400,
    title: 'Two different keys',
    detail: 'Send one key, either in X-API-Key or as a Bearer token in Authorization.',
  },
  'body-malformed': {
    status: 400,
    title: 'Malformed body',
    detail: 'The body cannot be read as its Content-Type says. Check the body and send it again.',
  },
  'key-missing': {
    status: 401,
    title: 'Key needed',
    detail: 'Send your key in the X-API-Key header or as a Bearer token in Authorization.',
  },
  'key-in-query': {
    status: 401,
    title: 'Key in the address',
    detail:
      'A key in the address is not accepted, as addresses are logged. Send it in the X-API-Key header and replace the key, which must count as seen by others.',
  },
  'key-mistyped': {
    status: 401,
    title: 'Key mistyped',
    detail: 'The key has a typing error: its check digits do not fit. Copy it again.',
  },
  'key-invalid': {
    status: 401,
    title: 'Key not accepted',
    detail: 'This key is not accepted. Ask the owner of this API for a valid one.',
  },
  'address-blocked': {
    status: 403,
    title: 'Not allowed',
    detail: 'Calls from this address are not accepted. Ask the owner of this API if this is a mistake.',
  },
  'address-banned': {
    status: 403,
    title: 'Not allowed for now',
    detail:
      'Too many wrong attempts came from this address. Wait as many seconds as Retry-After says, or send a valid key.',
  },
  'token-missing': {
    status: 401,
    title: 'Token needed',
    detail: 'Send an access token as a Bearer token in Authorization.',
  },
  'token-invalid': {
    status: 401,
    title: 'Token not accepted',
    detail: 'This token is not accepted. Get a new one from where you sign in and send it again.',
  },
  'password-missing': {
    status: 401,
    title: 'Sign-in needed',
    detail: 'Send your user name and password by HTTP Basic authentication.',
  },
  'password-invalid': {
    status: 401,
    title: 'Sign-in not accepted',
    detail: 'This user name and password are not accepted. Ask the owner of this API for valid ones.',
  },
  'certificate-missing': {
    status: 403,
    title: 'Certificate needed',
    detail: 'Show your client certificate when you open the connection.',
  },
  'certificate-invalid': {
    status: 403,
    title: 'Certificate not accepted',
    detail: 'This client certificate is not accepted. Ask the owner of this API for a valid one.',
  },
  'credentials-disagree': {
    status: 403,
    title: 'Two different callers',
    detail: 'The credentials that you sent belong to different callers. Send those of one caller.',
  },
  'webhook-unsigned': {
    status: 401,
    title: 'Signature needed',
    detail: 'This address takes signed webhooks. Set the signing secret where the webhook is sent from.',
  },
  'webhook-invalid': {
    status: 401,
    title: 'Signature not accepted',
    detail: 'The signature of this webhook is not accepted. Compare the signing secret and the clock on both sides.',
  },
  'webhook-replayed': {
    status: 409,
    title: 'Received before',
    detail: 'This very webhook was received and answered before. There is nothing to do.',
  },
  'scope-missing': {
    status: 403,
    title: 'Not allowed',
    detail: 'This key or token may not do this. Ask the owner of this API for the missing permission.',
  },
  'not-owner': {
    status: 403,
    title: 'Not yours',
    detail: 'This key may only use records of its own. Check the id in your request.',
  },
  'id-walking': {
    status: 403,
    title: 'Not yours',
    detail: 'This key asked for many records that are not its own. Ask the owner of this API if it should see them.',
  },
  'not-owner-learnt': {
    status: 403,
    title: 'Not yours',
    detail: 'This key asked for many records that are not its own. Ask the owner of this API if it should see them.',
  },
  'attack-detected': {
    status: 403,
    title: 'Not accepted',
    detail:
      'This request looks like an attempt to misuse the service. If it was honest, give the reference to the owner of this API.',
  },
  'inspection-incomplete': {
    status: 413,
    title: 'Too much to check',
    detail: 'This request is larger or more complex than can be checked here. Send it in smaller parts.',
  },
  'host-unknown': { status: 404, title: 'Not found', detail: 'No API answers under this host name here.' },
  'route-unknown': { status: 404, title: 'Not found', detail: 'Nothing is offered at this address. Check the path.' },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'This address does not offer this method. The Allow header lists those it offers.',
  },
  'request-timeout': { status: 408, title: 'Too slow', detail: 'The request took too long to arrive. Send it again.' },
  'body-too-large': { status: 413, title: 'Body too large', detail: 'The body is larger than this address accepts.' },
  'path-too-long': {
    status: 414,
    title: 'Address too long',
    detail: 'The address is longer than accepted. Shorten the path or query.',
  },
  'body-type-unsupported': {
    status: 415,
    title: 'Unsupported type',
    detail: 'Send the body in a form that this address accepts, such as application/json, in UTF-8 and not compressed.',
  },
  'input-invalid': {
    status: 422,
    title: 'Input does not fit',
    detail: 'The request is not what this address accepts. Correct what "faults" lists and send it again.',
  },
  'expectation-failed': {
    status: 417,
    title: 'Expectation failed',
    detail: 'Only "Expect: 100-continue" is supported.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    detail: 'Too many requests in a short time. Wait as many seconds as Retry-After says, then go on.',
  },
  'too-many-at-once': {
    status: 429,
    title: 'Too many at once',
    detail: 'Too many requests are under way at the same time. Wait until one of them has ended, then go on.',
  },
  'headers-too-large': {
    status: 431,
    title: 'Headers too large',
    detail: 'The header fields are larger than accepted. Send fewer or shorter ones.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    detail: 'The gateway could not handle this request. Give the reference to the owner of this API.',
  },
  'upgrade-unsupported': {
    status: 501,
    title: 'Upgrade not supported',
    detail: 'Only WebSocket upgrades pass this gateway.',
  },
  'upstream-unreachable': {
    status: 502,
    title: 'Service unreachable',
    detail: 'The service behind this address does not answer. Try again in a moment.',
  },
  'upstream-failed': {
    status: 502,
    title: 'Service failed',
    detail: 'The service behind this address broke off its answer. Try again in a moment.',
  },
  'issuer-unreachable': {
    status: 503,
    title: 'Sign-in cannot be checked',
    detail: 'Tokens cannot be checked at the moment. Try again in half a minute.',
  },
  'sign-in-busy': {
    status: 503,
    title: 'Sign-in cannot be checked',
    detail: 'Too many sign-ins are being checked at the moment. Try again in half a minute.',
  },
  'upstream-resting': {
    status: 503,
    title: 'Service is resting',
    detail:
      'The service behind this address has failed several times and is left alone for a moment. Wait as many seconds as Retry-After says, then try again.',
  },
  locked: {
    status: 503,
    title: 'Closed for maintenance',
    detail: 'This service is closed for maintenance. Try again later.',
  },
  'answer-withheld': {
    status: 502,
    title: 'Answer withheld',
    detail: 'The answer held something that must not leave this service. Give the reference to the owner of this API.',
  },
  'error-withheld': {
    status: 500,
    title: 'The service failed',
    detail:
      'The service could not do this, and its own words about it stay here. Give the reference to the owner of this API.',
  },
  'upstream-timeout': {
    status: 504,
    title: 'Service too slow',
    detail: 'The service behind this address took too long to answer. Try again in a moment.',
  },
  'secret-missing': {
    status: 503,
    title: 'Not available',
    detail: 'The gateway lacks a secret that this needs. Try again later, or tell the owner of this installation.',
  },
  ...vendorDenials,
} as const satisfies Record<string, Denial>;

export type DenialCode = keyof typeof denials;
export const DENIALS: Readonly<Record<DenialCode, Denial>> = denials;
