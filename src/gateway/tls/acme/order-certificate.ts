import type { Authorization, Client } from 'acme-client';
import type { AcmeChallengeType } from '../../../contracts/snapshot/snapshot-acme.ts';
import { AppError } from '../../../platform/app-error.ts';
import type { AcmeFolder } from './acme-folder.ts';
import type { Challenges } from './challenges.ts';
import { runDnsHook } from './dns-hook.ts';
import { explainAcmeError, plainReason } from './explain-acme-error.ts';

export type CertificateOrder = {
  directory: string;
  email: string | null;
  names: readonly string[];
  challenge: AcmeChallengeType;
  dnsHook: string | null;
  dataDir: string;
  folder: AcmeFolder;
  challenges: Challenges;
  /** The authority was reached and an order is about to be placed: from here on a failure counts there. */
  placing(): void;
};

const REQUEST_TIMEOUT_MS = 30_000;
const MOST_ANSWER_BYTES = 1024 * 1024;

/** Orders one certificate (RFC 8555 §7.4): chain and key as PEM. Throws `AppError` with the authority's reason. */
export async function orderCertificate(order: CertificateOrder): Promise<{ certPem: string; keyPem: string }> {
  try {
    return await placeOrder(order);
  } catch (error) {
    throw await explainAcmeError(error, order.directory);
  }
}

async function placeOrder(order: CertificateOrder): Promise<{ certPem: string; keyPem: string }> {
  // Loaded when it is needed: most gateways never order a certificate, and the library takes megabytes.
  const acme = await import('acme-client');
  Object.assign(acme.axios.defaults, {
    timeout: REQUEST_TIMEOUT_MS,
    maxContentLength: MOST_ANSWER_BYTES,
    maxRedirects: 0,
    // Trying again later is ours to decide.
    acmeSettings: { retryMaxAttempts: 0 },
  });
  const { directory, folder } = order;
  const known = folder.accountKey(directory);
  const accountKey = known ?? String(await acme.crypto.createPrivateEcdsaKey());
  if (known === null) folder.keepAccountKey(directory, accountKey);
  const client = new acme.Client({
    directoryUrl: directory,
    accountKey,
    backoffAttempts: 15,
    backoffMin: 1_000,
    backoffMax: 10_000,
  });
  if (known === null || !(await findAccount(client))) {
    await client.createAccount({
      termsOfServiceAgreed: true,
      ...(order.email === null ? {} : { contact: [`mailto:${order.email}`] }),
    });
  }
  order.placing();
  const placed = await client.createOrder({ identifiers: order.names.map((value) => ({ type: 'dns', value })) });
  for (const authorization of await client.getAuthorizations(placed)) {
    if (authorization.status !== 'valid') await prove(client, authorization, order);
  }
  const [key, request] = await acme.crypto.createCsr(
    { altNames: [...order.names] },
    await acme.crypto.createPrivateEcdsaKey(),
  );
  const final = await client.finalizeOrder(placed, request);
  return { certPem: await client.getCertificate(final), keyPem: String(key) };
}

/** Whether the authority knows the account of this key (RFC 8555 §7.3.1). */
async function findAccount(client: Client): Promise<boolean> {
  try {
    await client.createAccount({ onlyReturnExisting: true });
    return true;
  } catch (error) {
    // The library hands on the authority's words alone; what is wrong for another reason shows at the next request.
    if (error instanceof TypeError || (error as NodeJS.ErrnoException).code !== undefined) throw error;
    return false;
  }
}

/** Shows the authority that a name leads to this gateway. */
async function prove(client: Client, authorization: Authorization, order: CertificateOrder): Promise<void> {
  const name = authorization.identifier.value;
  const challenge = authorization.challenges.find(({ type }) => type === order.challenge);
  if (challenge === undefined) {
    throw new AppError('acme-refused', `The authority does not check ${name} by ${order.challenge}.`, {
      next: 'Name another way in "server.acme.challenges".',
    });
  }
  const answer = await client.getChallengeKeyAuthorization(challenge);
  const withdraw = await offer(authorization, challenge.token, answer, order);
  try {
    await client.completeChallenge(challenge);
    await client.waitForValidStatus(challenge);
  } catch (error) {
    if (error instanceof TypeError || (error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw new AppError(
      'acme-not-proven',
      `The authority could not see by ${order.challenge} that ${name} leads here: ${plainReason(error)}`,
      { next: NEXT[order.challenge], cause: error },
    );
  } finally {
    await withdraw();
  }
}

const NEXT: Readonly<Record<AcmeChallengeType, string>> = {
  'http-01': 'The name’s DNS entry must lead to this machine, and port 80 must be open to the internet.',
  'tls-alpn-01': 'The name’s DNS entry must lead to this machine, and port 443 must be open to the internet.',
  'dns-01': 'The program named by "server.acme.dnsHook" must end only once the record can be seen everywhere.',
};

async function offer(
  authorization: Authorization,
  token: string,
  answer: string,
  { challenge, challenges, dataDir, dnsHook }: CertificateOrder,
): Promise<() => void | Promise<void>> {
  const name = authorization.identifier.value;
  if (challenge === 'http-01') return challenges.offerHttp(token, answer);
  if (challenge === 'tls-alpn-01') {
    const { crypto } = await import('acme-client');
    const [key, certificate] = await crypto.createAlpnCertificate(
      authorization,
      answer,
      await crypto.createPrivateEcdsaKey(),
    );
    return challenges.offerTls(name, String(key), String(certificate));
  }
  if (dnsHook === null) throw new AppError('dns-hook-failed', 'No program for DNS is named.');
  const record = `_acme-challenge.${name}`;
  await runDnsHook(dataDir, dnsHook, 'add', record, answer);
  return () => runDnsHook(dataDir, dnsHook, 'remove', record, answer);
}
