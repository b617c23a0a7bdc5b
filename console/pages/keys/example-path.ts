import type { Route } from '../../../src/contracts/api/front-door.ts';

/** A path that the key opens and that only looks: best one without a changing part. Braces are filled with 1. */
export function examplePath(routes: readonly Route[], scopes: readonly string[]): string {
  const open = routes.filter(
    (route) =>
      (route.methods.length === 0 || route.methods.includes('GET')) &&
      (route.auth === 'none' || route.scopes.every((scope) => scopes.includes(scope))),
  );
  const keyed = open.filter((route) => route.auth === 'key');
  const wished = keyed.length > 0 ? keyed : open;
  const best = wished.find((route) => !/[{*]/.test(route.path)) ?? wished[0];
  return (best?.path ?? '/').replaceAll(/\{[^}]*\}/g, '1').replace(/\*$/, '');
}
