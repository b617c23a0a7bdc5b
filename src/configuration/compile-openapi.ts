import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { OpenapiConfig } from '../contracts/config/openapi-config.ts';
import type {
  SnapshotContent,
  SnapshotOpenapi,
  SnapshotOperation,
  SnapshotParameters,
} from '../contracts/snapshot/snapshot-openapi.ts';
import type { Content, Operation, ParameterPlace } from '../openapi/description.ts';
import { checkedDescription } from './openapi-descriptions.ts';
import { distributeOperations, gatewayPath } from './openapi-routes.ts';

type Service = GatewayConfig['services'][number];
type Route = Service['routes'][number];
type Schemas = Record<string, Record<string, unknown>>;

/** Watches until the owner says otherwise: descriptions are often older than what they describe. */
const DEFAULT_MODE = 'monitor';

/** A service's routes with those of its API description, and what the description asks of each. */
export type DescribedService = {
  /** Written routes first. */
  readonly routes: readonly { route: Route; openapi: SnapshotOpenapi | null }[];
  /** The schemas that the routes name. */
  readonly schemas: Schemas;
};

/** Pure. The service must have been checked; without a description its routes come back as they are. */
export function compileOpenapi(service: Service, defaults: GatewayConfig['defaults']): DescribedService {
  const description = checkedDescription(service);
  if (description === null || service.openapi === undefined) {
    return { routes: service.routes.map((route) => ({ route, openapi: null })), schemas: {} };
  }
  const config = service.openapi;
  const schemas: Schemas = { ...description.schemas };
  const compile = (operations: readonly Operation[]): SnapshotOpenapi => ({
    mode: config.mode ?? DEFAULT_MODE,
    operations: Object.fromEntries(
      operations.map((operation) => [operation.method, compileOperation(operation, config, schemas)]),
    ),
  });
  const { imported, written } = distributeOperations(service);
  const routes = [
    ...service.routes.map((route, index) => {
      // A route that says itself what requests must look like is taken at its word.
      const operations = route.validate === undefined ? written.get(index) : undefined;
      return { route, openapi: operations === undefined ? null : compile(operations) };
    }),
    ...imported.map((operation) => ({ route: routeOf(operation, defaults), openapi: compile([operation]) })),
  ];
  return { routes, schemas };
}

/** A route as its operation would be written. Scopes are asked for only where callers have to say who they are. */
function routeOf({ method, path, security }: Operation, defaults: GatewayConfig['defaults']): Route {
  const scopes = defaults?.auth !== 'none' && security.kind === 'scopes' ? security.scopes : [];
  return {
    match: { path: gatewayPath(path), methods: [method] },
    ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
  };
}

function compileOperation(operation: Operation, config: OpenapiConfig, schemas: Schemas): SnapshotOperation {
  const place = (name: ParameterPlace) => compilePlace(operation, name, schemas, config.unknownQuery === 'refuse');
  return {
    path: place('path'),
    query: place('query'),
    headers: place('headers'),
    cookies: place('cookies'),
    body:
      operation.body === null
        ? null
        : { required: operation.body.required, contents: operation.body.contents.map(compileContent) },
    answers: operation.answers.map(({ status, contents }) => ({ status, contents: contents.map(compileContent) })),
  };
}

function compileContent({ type, schema, encodings }: Content): SnapshotContent {
  return { type, schema, encodings: encodings.map(({ name, style, explode }) => ({ name, style, explode })) };
}

/** The parameters of one place as one schema; null where nothing is asked. */
function compilePlace(
  operation: Operation,
  place: ParameterPlace,
  schemas: Schemas,
  refuseUnknown: boolean,
): SnapshotParameters | null {
  const parameters = operation.parameters.filter((parameter) => parameter.place === place);
  const closed = place === 'query' && refuseUnknown;
  if (parameters.length === 0 && !closed) return null;
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const name = `p-${operation.method}-${operation.path}-${place}`.replace(
    /[^A-Za-z0-9-]/g,
    (char) => `_${char.charCodeAt(0)}`,
  );
  schemas[name] = {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map((parameter) => [parameter.name, { $ref: `#/$defs/${parameter.schema}` }]),
    ),
    ...(required.length === 0 ? {} : { required }),
    ...(closed ? { additionalProperties: false } : {}),
  };
  const encodings = parameters.map(({ name: written, style, explode }) => ({ name: written, style, explode }));
  return { schema: name, parameters: place === 'path' ? inOrder(operation.path, encodings) : encodings };
}

/** One entry for each part of the template; a part that the document does not describe is any text. */
function inOrder(path: string, encodings: SnapshotParameters['parameters']): SnapshotParameters['parameters'] {
  return [...path.matchAll(/\{([^{}/]*)\}/g)].map(
    ([, name = '']) =>
      encodings.find((encoding) => encoding.name === name) ?? { name, style: 'simple', explode: false },
  );
}
