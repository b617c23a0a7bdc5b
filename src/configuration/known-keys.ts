import { z } from 'zod';
import { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { ConfigPath } from './config-fault.ts';

/** The keys that the schema knows at a place, in its own order; empty where it knows none by name. */
export function knownKeysAt(path: ConfigPath): string[] {
  let schemas: z.core.$ZodType[] = [GatewayConfig];
  for (const step of path) schemas = schemas.flatMap(unwrap).flatMap((schema) => stepInto(schema, step));
  return schemas.flatMap(unwrap).flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  return [schema];
}

function stepInto(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return typeof step === 'number' ? [schema.element as z.core.$ZodType] : [];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.core.$ZodType];
  if (!(schema instanceof z.ZodObject)) return [];
  const next: z.core.$ZodType | undefined = schema.shape[step];
  return next === undefined ? [] : [next];
}
