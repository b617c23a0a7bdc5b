import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  ApiToken,
  ApiTokenCreated,
  ApiTokenRequest,
  AuditEntry,
  AuditVerdict,
  PassphraseVerdict,
  RecoveryCodes,
  Session,
  TotpOffer,
} from '../../src/contracts/api/account.ts';
import { list, request } from './request.ts';

export const sessionsQuery = queryOptions({ queryKey: ['sessions'], queryFn: () => list<Session>('/api/sessions') });
export const endSession = (id: string) => request<void>('DELETE', `/api/sessions/${encodeURIComponent(id)}`);
export const endOtherSessions = () => request<void>('DELETE', '/api/sessions');

export const judgePassphrase = (passphrase: string, email: string) =>
  request<PassphraseVerdict>('POST', '/api/passphrase-check', { passphrase, ...(email === '' ? {} : { email }) });
export const changePassphrase = (current: string, next: string) =>
  request<void>('POST', '/api/account/passphrase', { current, next });

export const offerTotp = () => request<TotpOffer>('POST', '/api/account/totp');
export const confirmTotp = (code: string) => request<RecoveryCodes>('POST', '/api/account/totp/confirm', { code });
export const removeTotp = (passphrase: string) => request<void>('DELETE', '/api/account/totp', { passphrase });
export const newRecoveryCodes = () => request<RecoveryCodes>('POST', '/api/account/recovery-codes');

export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: () => list<ApiToken>('/api/tokens') });
export const createToken = (input: ApiTokenRequest) => request<ApiTokenCreated>('POST', '/api/tokens', input);
export const revokeToken = (id: string) => request<void>('DELETE', `/api/tokens/${encodeURIComponent(id)}`);

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam }) =>
    request<{ items: AuditEntry[]; next: number | null }>(
      'GET',
      pageParam === null ? '/api/audit' : `/api/audit?before=${pageParam}`,
    ),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.next,
});
export const auditVerdictQuery = queryOptions({
  queryKey: ['audit-verdict'],
  queryFn: () => request<AuditVerdict>('GET', '/api/audit/verify'),
});
