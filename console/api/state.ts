import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { ConsoleState, SetupRequest, SignedIn, SignInRequest } from '../../src/contracts/api/account.ts';
import { rememberCsrf, request } from './request.ts';

export const stateQuery = queryOptions({
  queryKey: ['state'],
  queryFn: async () => {
    const state = await request<ConsoleState>('GET', '/api/state');
    rememberCsrf(state.csrf);
    return state;
  },
  staleTime: 60_000,
});

export function useConsoleState(): ConsoleState {
  return useSuspenseQuery(stateQuery).data;
}

async function enter(client: QueryClient, signedIn: SignedIn): Promise<void> {
  rememberCsrf(signedIn.csrf);
  client.clear();
  await client.fetchQuery({ ...stateQuery, staleTime: 0 });
}

export async function setUp(client: QueryClient, input: SetupRequest): Promise<void> {
  await enter(client, await request<SignedIn>('POST', '/api/setup', input));
}

export async function signIn(client: QueryClient, input: SignInRequest): Promise<void> {
  await enter(client, await request<SignedIn>('POST', '/api/sessions', input));
}

export async function signOut(client: QueryClient): Promise<void> {
  await request('DELETE', '/api/sessions/current');
  rememberCsrf(null);
  client.clear();
  await client.fetchQuery({ ...stateQuery, staleTime: 0 });
}
