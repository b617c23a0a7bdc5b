import type { ValidationConfig } from '../contracts/config/validation-config.ts';
import type { SnapshotValidation } from '../contracts/snapshot/snapshot-route.ts';
import { formSchema } from './form-schema.ts';

/** Watches until the owner says otherwise: a schema that is too narrow would turn honest callers away. */
const DEFAULT_MODE = 'monitor';

export function compileValidation(validate: ValidationConfig): SnapshotValidation {
  return {
    mode: validate.mode ?? DEFAULT_MODE,
    path: validate.path ?? null,
    query: validate.query ?? null,
    headers: validate.headers === undefined ? null : withLowerCaseNames(validate.headers),
    cookies: validate.cookies ?? null,
    body: validate.form === undefined ? (validate.body ?? null) : formSchema(validate.form),
  };
}

/** Names of header fields are the same in any capitals (RFC 9110 §5.1). */
function withLowerCaseNames(schema: Record<string, unknown>): Record<string, unknown> {
  const lower = { ...schema };
  if (typeof schema.properties === 'object' && schema.properties !== null) {
    const named = Object.entries(schema.properties).map(([name, value]) => [name.toLowerCase(), value]);
    lower.properties = Object.fromEntries(named);
  }
  if (Array.isArray(schema.required)) lower.required = schema.required.map((name) => String(name).toLowerCase());
  return lower;
}
