import { CONFIDENCE } from '../../evidence.ts';
import { finding, type HeaderCheck } from './finding.ts';
import {
  checkClaimedAddress,
  checkForwarded,
  checkForwardedFor,
  checkForwardedHost,
  checkForwardedPort,
  checkForwardedPrefix,
  checkForwardedScheme,
  checkOriginalUrl,
  checkRealIp,
} from './forwarded.ts';
import {
  checkConnection,
  checkContentLength,
  checkCookie,
  checkExpect,
  checkHost,
  checkMaxForwards,
  checkTransferEncoding,
} from './hops.ts';
import { checkContentType } from './media-type.ts';
import { checkOverride } from './method.ts';
import { checkRange } from './ranges.ts';
import { checkAuthorization } from './tokens.ts';

/** No client sends these: they are words between a server's own parts. */
const internal: HeaderCheck = () => finding('internal-header', CONFIDENCE.likely);
/** Becomes the environment variable HTTP_PROXY in CGI-like programs (httpoxy, CVE-2016-5385). */
const httpoxy: HeaderCheck = () => finding('httpoxy', CONFIDENCE.certain);
/** Names another header in another spelling, which CGI-like interfaces cannot tell apart. */
const twin: HeaderCheck = () => finding('header-twin', CONFIDENCE.likely);

/** What is known of single headers, by their lower-case names. */
export const HEADER_CHECKS: ReadonlyMap<string, HeaderCheck> = new Map<string, HeaderCheck>([
  ['range', checkRange],
  ['request-range', checkRange],
  ['content-type', checkContentType],
  ['expect', checkExpect],
  ['connection', checkConnection],
  ['transfer-encoding', checkTransferEncoding],
  ['content-length', checkContentLength],
  ['host', checkHost],
  ['max-forwards', checkMaxForwards],
  ['cookie', checkCookie],
  ['authorization', checkAuthorization],
  ['proxy', httpoxy],
  ['x-http-method-override', checkOverride],
  ['x-http-method', checkOverride],
  ['x-method-override', checkOverride],
  ['x-original-url', checkOriginalUrl],
  ['x-rewrite-url', checkOriginalUrl],
  ['x-override-url', checkOriginalUrl],
  ['x-forwarded-for', checkForwardedFor],
  ['x-real-ip', checkRealIp],
  ['true-client-ip', checkRealIp],
  ['forwarded', checkForwarded],
  ['x-forwarded-host', checkForwardedHost],
  ['x-host', checkForwardedHost],
  ['x-forwarded-server', checkForwardedHost],
  ['x-http-host-override', checkForwardedHost],
  ['x-forwarded-proto', checkForwardedScheme],
  ['x-forwarded-scheme', checkForwardedScheme],
  ['x-forwarded-port', checkForwardedPort],
  ['x-forwarded-prefix', checkForwardedPrefix],
  ...each(
    [
      ...['client-ip', 'x-client-ip', 'x-originating-ip', 'x-remote-ip', 'x-remote-addr', 'x-custom-ip-authorization'],
      ...['x-forwarded', 'forwarded-for', 'x-forward-for', 'x-cluster-client-ip', 'x-proxyuser-ip', 'x-true-ip'],
    ],
    checkClaimedAddress,
  ),
  ...each(
    [
      ...[
        'x-middleware-subrequest',
        'x-accel-redirect',
        'x-accel-mapping',
        'x-sendfile',
        'x-sendfile-type',
        'x-lighttpd-send-file',
      ],
      ...['x-invoke-path', 'x-invoke-query', 'x-wap-profile-override', 'x-php-auth-override'],
    ],
    internal,
  ),
  ...each(
    [
      'content_length',
      'content_type',
      'transfer_encoding',
      'x_forwarded_for',
      'x_forwarded_host',
      'x_real_ip',
      'x_forwarded_proto',
    ],
    twin,
  ),
]);

function each(names: readonly string[], check: HeaderCheck): [string, HeaderCheck][] {
  return names.map((name) => [name, check]);
}
