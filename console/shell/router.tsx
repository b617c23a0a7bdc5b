import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { stateQuery } from '../api/state.ts';
import { readCallFilter } from './call-filter.ts';
import { NothingHere, PageFailure } from './Failures.tsx';
import { readAddressSearch, readTextSearch } from './page-search.ts';
import { Shell } from './Shell.tsx';

/** Every page of the console, each fetched when it is first opened. */
const root = createRootRouteWithContext<{ client: QueryClient }>()({
  notFoundComponent: NothingHere,
  errorComponent: ({ error }) => <PageFailure error={error} />,
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    const state = await context.client.ensureQueryData(stateQuery);
    if (!state.needsSetup) throw redirect({ to: '/front-door' });
  },
  component: lazyRouteComponent(() => import('../pages/setup/SetupPage.tsx'), 'SetupPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  beforeLoad: async ({ context }) => {
    const state = await context.client.ensureQueryData(stateQuery);
    if (state.needsSetup) throw redirect({ to: '/setup' });
    if (state.account !== null) throw redirect({ to: '/front-door' });
  },
  component: lazyRouteComponent(() => import('../pages/sign-in/SignInPage.tsx'), 'SignInPage'),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context }) => {
    const state = await context.client.ensureQueryData(stateQuery);
    if (state.needsSetup) throw redirect({ to: '/setup' });
    if (state.account === null) throw redirect({ to: '/sign-in' });
  },
  component: Shell,
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  beforeLoad: async ({ context }) => {
    const state = await context.client.ensureQueryData(stateQuery);
    if (state.account === null) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(() => import('../pages/setup/WelcomePage.tsx'), 'WelcomePage'),
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/front-door' });
  },
});

const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => inside, path, component });

const activity = createRoute({
  getParentRoute: () => inside,
  path: '/activity',
  validateSearch: readCallFilter,
  component: lazyRouteComponent(() => import('../pages/activity/ActivityPage.tsx'), 'ActivityPage'),
});

const addresses = createRoute({
  getParentRoute: () => inside,
  path: '/front-door/addresses',
  validateSearch: readAddressSearch,
  component: lazyRouteComponent(() => import('../pages/addresses/AddressesPage.tsx'), 'AddressesPage'),
});

const text = createRoute({
  getParentRoute: () => inside,
  path: '/front-door/text',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('../pages/text/TextPage.tsx'), 'TextPage'),
});

const pages = [
  addresses,
  text,
  page(
    '/front-door/suppliers',
    lazyRouteComponent(() => import('../pages/suppliers/SuppliersPage.tsx'), 'SuppliersPage'),
  ),
  page(
    '/front-door/suppliers/new',
    lazyRouteComponent(() => import('../pages/suppliers/SupplierPage.tsx'), 'SupplierPage'),
  ),
  page(
    '/front-door/suppliers/of/$supplier',
    lazyRouteComponent(() => import('../pages/suppliers/SupplierPage.tsx'), 'SupplierPage'),
  ),
  page(
    '/front-door/callers',
    lazyRouteComponent(() => import('../pages/callers/CallersPage.tsx'), 'CallersPage'),
  ),
  page(
    '/front-door/callers/$caller',
    lazyRouteComponent(() => import('../pages/callers/CallerPage.tsx'), 'CallerPage'),
  ),
  page(
    '/front-door/signed-calls',
    lazyRouteComponent(() => import('../pages/hooks/HooksPage.tsx'), 'HooksPage'),
  ),
  page(
    '/front-door/https',
    lazyRouteComponent(() => import('../pages/https/HttpsPage.tsx'), 'HttpsPage'),
  ),
  page(
    '/front-door',
    lazyRouteComponent(() => import('../pages/front-door/FrontDoorPage.tsx'), 'FrontDoorPage'),
  ),
  page(
    '/front-door/connect',
    lazyRouteComponent(() => import('../pages/connect/ConnectPage.tsx'), 'ConnectPage'),
  ),
  page(
    '/front-door/apis/$serviceId',
    lazyRouteComponent(() => import('../pages/service/ServicePage.tsx'), 'ServicePage'),
  ),
  page(
    '/front-door/apis/$serviceId/rules/new',
    lazyRouteComponent(() => import('../pages/rule/RulePage.tsx'), 'NewRulePage'),
  ),
  page(
    '/front-door/apis/$serviceId/rules/$ruleId',
    lazyRouteComponent(() => import('../pages/rule/RulePage.tsx'), 'ChangeRulePage'),
  ),
  page(
    '/front-door/keys',
    lazyRouteComponent(() => import('../pages/keys/KeysPage.tsx'), 'KeysPage'),
  ),
  page(
    '/front-door/keys/new',
    lazyRouteComponent(() => import('../pages/keys/NewKeyPage.tsx'), 'NewKeyPage'),
  ),
  page(
    '/front-door/keys/$keyId/replace',
    lazyRouteComponent(() => import('../pages/keys/ReplaceKeyPage.tsx'), 'ReplaceKeyPage'),
  ),
  page(
    '/front-door/protection',
    lazyRouteComponent(() => import('../pages/protection/ProtectionPage.tsx'), 'ProtectionPage'),
  ),
  page(
    '/front-door/protection/exceptions',
    lazyRouteComponent(() => import('../pages/protection/ExceptionsPage.tsx'), 'ExceptionsPage'),
  ),
  page(
    '/wrong',
    lazyRouteComponent(() => import('../pages/wrong/WrongPage.tsx'), 'WrongPage'),
  ),
  activity,
  page(
    '/activity/calls/$reference',
    lazyRouteComponent(() => import('../pages/call/CallPage.tsx'), 'CallPage'),
  ),
  page(
    '/more',
    lazyRouteComponent(() => import('../pages/more/MorePage.tsx'), 'MorePage'),
  ),
  page(
    '/more/sign-in',
    lazyRouteComponent(() => import('../pages/account/SignInStepsPage.tsx'), 'SignInStepsPage'),
  ),
  page(
    '/more/signed-in',
    lazyRouteComponent(() => import('../pages/account/SessionsPage.tsx'), 'SessionsPage'),
  ),
  page(
    '/more/tokens',
    lazyRouteComponent(() => import('../pages/account/TokensPage.tsx'), 'TokensPage'),
  ),
  page(
    '/more/history',
    lazyRouteComponent(() => import('../pages/history/HistoryPage.tsx'), 'HistoryPage'),
  ),
  page(
    '/more/configuration',
    lazyRouteComponent(() => import('../pages/configuration/ConfigurationPage.tsx'), 'ConfigurationPage'),
  ),
  page(
    '/more/appearance',
    lazyRouteComponent(() => import('../pages/appearance/AppearancePage.tsx'), 'AppearancePage'),
  ),
];

const tree = root.addChildren([start, setup, signIn, welcome, inside.addChildren(pages)]);

export function createConsoleRouter(client: QueryClient) {
  return createRouter({ routeTree: tree, context: { client }, defaultPreload: 'intent' });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
