import { z } from 'zod';
import {
  PassphraseChangeRequest,
  RecoveryCodes,
  TotpConfirmRequest,
  TotpOffer,
  TotpRemoveRequest,
} from '../../../contracts/api/account.ts';
import type { ApiPlugin } from '../../../platform/http/api-plugin.ts';
import type { Accounts } from '../service.ts';
import { originOf, ownAccount } from './own-account.ts';

export function accountRoutes(accounts: Accounts): ApiPlugin {
  const tags = ['account'];
  return async (api) => {
    api.post(
      '/api/account/totp',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Begin to set up the extra sign-in step: a secret for the authenticator app',
          tags,
          response: { 200: TotpOffer },
        },
      },
      async (request) => accounts.secondStep.offer(await ownAccount(accounts, request)),
    );
    api.post(
      '/api/account/totp/confirm',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Put the extra sign-in step in force with a first code; answers recovery codes, shown once',
          tags,
          body: TotpConfirmRequest,
          response: { 200: RecoveryCodes },
        },
      },
      async (request) => {
        const account = await ownAccount(accounts, request);
        return { codes: await accounts.secondStep.confirm(request.actor, account, request.body.code) };
      },
    );
    api.delete(
      '/api/account/totp',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Remove the extra sign-in step; needs the pass phrase',
          tags,
          body: TotpRemoveRequest,
          response: { 204: NOTHING },
        },
      },
      async (request, reply) => {
        const account = await ownAccount(accounts, request);
        await accounts.provePassphrase(account, request.body.passphrase, originOf(request));
        await accounts.secondStep.remove(request.actor, account);
        return reply.code(204).send();
      },
    );
    api.post(
      '/api/account/recovery-codes',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Ten new recovery codes, shown once; the old ones are void',
          tags,
          response: { 200: RecoveryCodes },
        },
      },
      async (request) => {
        const account = await ownAccount(accounts, request);
        return { codes: await accounts.secondStep.renewRecoveryCodes(request.actor, account) };
      },
    );
    api.post(
      '/api/account/passphrase',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Change the pass phrase; all other sessions end',
          tags,
          body: PassphraseChangeRequest,
          response: { 204: NOTHING },
        },
      },
      async (request, reply) => {
        const account = await ownAccount(accounts, request);
        await accounts.provePassphrase(account, request.body.current, originOf(request));
        await accounts.changePassphrase(request.actor, account, request.body.next, request.session?.id ?? null);
        return reply.code(204).send();
      },
    );
  };
}

const NOTHING = z.undefined();
