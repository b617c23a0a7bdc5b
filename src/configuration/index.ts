export { describeChanges } from './changes/describe-changes.ts';
export { checkConfig } from './check-config.ts';
export { routeId } from './compile-service.ts';
export { compileSnapshot } from './compile-snapshot.ts';
export { type ConfigFault, placeOf } from './config-fault.ts';
export { configJsonSchema } from './json-schema.ts';
export type { ListenAddress } from './listen-address.ts';
export { type ParsedConfig, parseConfig } from './parse-config.ts';
export { toYaml } from './to-yaml.ts';
