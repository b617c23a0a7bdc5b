import { z } from 'zod';
import { GatewayConfig } from '../contracts/config/gateway-config.ts';

/** JSON Schema (2020-12) of the configuration file, for editors and other tools. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(GatewayConfig, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    $id: 'urn:nightlatch:gateway-config:1',
    title: 'Nightlatch gateway configuration',
    description: 'The file that "nightlatch gateway --config FILE" runs on, and that the console exports and imports.',
    ...schema,
  };
}
