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

/** Somebody else is at the console now, or nobody: what was fetched for the one before is forgotten. */
async function begin(client: QueryClient, token: string | null): Promise<void> {
  rememberCsrf(token);
  await client.fetchQuery({ ...stateQuery, staleTime: 0 });
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== stateQuery.queryKey[0] });
}

export async function setUp(client: QueryClient, input: SetupRequest): Promise<void> {
  const { csrf } = await request<SignedIn>('POST', '/api/setup', input);
  await begin(client, csrf);
}

export async function signIn(client: QueryClient, input: SignInRequest): Promise<void> {
  const { csrf } = await request<SignedIn>('POST', '/api/sessions', input);
  await begin(client, csrf);
}

export async function signOut(client: QueryClient): Promise<void> {
  await request('DELETE', '/api/sessions/current');
  await begin(client, null);
}
