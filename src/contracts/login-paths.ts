/**
 * By what a log-in is known when nobody says so: the last segments of a path to which something is posted. In lower case; the
 * longest ones are two segments.
 */
const LOGIN_ENDINGS: ReadonlySet<string> = new Set([
  'login',
  'log-in',
  'log_in',
  'logon',
  'signin',
  'sign-in',
  'sign_in',
  'session',
  'sessions',
  'token',
  'tokens',
  'authenticate',
  'auth',
  'wp-login.php',
  'login.php',
  'xmlrpc.php',
  'callback/credentials',
]);

/** Fields of a body that name the account. */
export const ACCOUNT_FIELDS: readonly string[] = [
  'email',
  'e-mail',
  'mail',
  'username',
  'user_name',
  'userName',
  'user',
  'login',
  'log',
  'account',
  'phone',
];

/** Whether a POST to this path, or to this path template, looks like a log-in. */
export function isLoginPath(path: string): boolean {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  const last = path.lastIndexOf('/', end - 1);
  if (LOGIN_ENDINGS.has(path.slice(last + 1, end).toLowerCase())) return true;
  if (last <= 0) return false;
  return LOGIN_ENDINGS.has(path.slice(path.lastIndexOf('/', last - 1) + 1, end).toLowerCase());
}
