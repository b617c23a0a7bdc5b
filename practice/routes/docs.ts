import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Answer, json, text } from '../answers.ts';
import { staffOnly } from '../identity.ts';
import type { Route, Visit } from '../router.ts';
import { html, page } from '../website/html.ts';

/** The description stands in `practice/`, also when this code runs compiled from `dist/practice/`. */
function descriptionSource(): string {
  const places = ['../openapi.yaml', '../../../practice/openapi.yaml'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find(existsSync);
  if (!found)
    throw new Error(`The practice shop's description is missing; it was looked for at ${places.join(' and ')}.`);
  return readFileSync(found, 'utf8');
}

function door(visit: Visit): void {
  // WEAKNESS docs-open: the map of the house hangs outside. The shop's buyers have no use for it.
  if (!visit.shop.weak('docs-open')) staffOnly(visit);
}

function docsPage(visit: Visit): Answer {
  door(visit);
  const description = parse(descriptionSource()) as { paths: Record<string, Record<string, { summary?: string }>> };
  const rows = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, { summary }]) =>
        html`<tr><td>${method.toUpperCase()}</td><td>${path}</td><td>${summary ?? ''}</td></tr>`,
    ),
  );
  return page(visit.shop, 'API documentation', html`<h1>API documentation</h1><table>${rows}</table>`);
}

export const docsRoutes: Route[] = [
  { method: 'GET', path: '/api/docs', handle: docsPage },
  {
    method: 'GET',
    path: '/api/openapi.yaml',
    handle: (visit) => {
      door(visit);
      return text(descriptionSource(), 'application/yaml');
    },
  },
  {
    method: 'GET',
    path: '/api/openapi.json',
    handle: (visit) => {
      door(visit);
      return json(parse(descriptionSource()));
    },
  },
  { method: 'GET', path: '/api/health', handle: () => json({ ok: true }) },
];
