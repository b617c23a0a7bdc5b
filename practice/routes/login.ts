import { type Answer, privateJson, Refusal } from '../answers.ts';
import { readObject, textField } from '../body.ts';
import { one } from '../database.ts';
import { openSession, SESSION_COOKIE, sessionCookie } from '../identity.ts';
import { passwordFits, practicePasswordHash } from '../passwords.ts';
import type { Route, Visit } from '../router.ts';

interface Account {
  id: number;
  password_hash: string;
}

function checkAttempts(visit: Visit, names: readonly string[]): void {
  const wait = Math.max(...names.map((name) => visit.shop.loginAttempts.waitMs(name)));
  if (wait === 0) return;
  throw new Refusal(429, 'too-many-attempts', 'Too many wrong attempts. Please wait a minute.', {
    'retry-after': String(Math.ceil(wait / 1000)),
  });
}

async function login(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const body = await readObject(visit);
  const email = textField(body, 'email').toLowerCase();
  const password = textField(body, 'password');
  // WEAKNESS login-unlimited: a program may try passwords all night. Otherwise wrong attempts count, per account and
  // per address.
  const counted = shop.weak('login-unlimited')
    ? []
    : [`account ${email}`, `address ${visit.request.socket.remoteAddress}`];
  if (counted.length > 0) checkAttempts(visit, counted);

  const account = one<Account>(shop.db, 'SELECT id, password_hash FROM customers WHERE email = ?', [email]);
  // An unknown address costs the same work as a known one, so that the time it takes gives nothing away.
  const fits = await passwordFits(password, account?.password_hash ?? practicePasswordHash());
  if (!account || !fits) {
    for (const name of counted) shop.loginAttempts.record(name);
    // WEAKNESS login-names-the-wrong-half: a stranger learns who is a customer here.
    if (shop.weak('login-names-the-wrong-half')) {
      throw new Refusal(
        401,
        account ? 'wrong-password' : 'unknown-email',
        account ? 'Wrong password.' : 'Unknown e-mail.',
      );
    }
    throw new Refusal(401, 'wrong-login', 'E-mail address or password is wrong.');
  }
  const session = openSession(shop, account.id);
  return privateJson({ ...session, customerId: account.id }, 200, {
    'set-cookie': sessionCookie(shop, session.token),
  });
}

const logout = (): Answer => ({
  status: 204,
  headers: { 'set-cookie': `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax` },
});

export const loginRoutes: Route[] = [
  { method: 'POST', path: '/api/login', handle: login },
  { method: 'POST', path: '/api/logout', handle: logout },
];
