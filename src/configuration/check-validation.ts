import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { FormConfig, FormField } from '../contracts/config/validation-config.ts';
import { compileSchema } from '../json-schema/compile-schema.ts';
import { SchemaInvalid } from '../json-schema/schema-fault.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { formSchema, SETTINGS_OF } from './form-schema.ts';

type Validation = NonNullable<GatewayConfig['services'][number]['routes'][number]['validate']>;

/** The schemas of every route: usable, safe to run on hostile input, and about something that is there. */
export function checkValidation(config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  // The same schema often stands at many routes.
  const known = new Map<string, SchemaInvalid | null>();
  for (const [index, service] of config.services.entries()) {
    for (const [routeIndex, route] of service.routes.entries()) {
      if (route.validate === undefined) continue;
      const path = ['services', index, 'routes', routeIndex, 'validate'];
      findings.push(...checkRoute(path, route.validate, route.match.path, known));
    }
  }
  return findings;
}

function checkRoute(
  path: ConfigPath,
  validate: Validation,
  template: string,
  known: Map<string, SchemaInvalid | null>,
): Finding[] {
  const findings: Finding[] = [];
  for (const place of ['path', 'query', 'headers', 'cookies', 'body'] as const) {
    const schema = validate[place];
    if (schema === undefined) continue;
    for (const fault of judge(schema, known)?.faults ?? []) {
      findings.push({ path: [...path, place, ...fault.path], code: 'schema-invalid', message: fault.message });
    }
  }
  for (const name of Object.keys((validate.path?.properties as object | undefined) ?? {})) {
    if (template.includes(`{${name}}`)) continue;
    findings.push({
      path: [...path, 'path', 'properties', name],
      atKey: true,
      code: 'schema-invalid',
      message: `The path "${template}" has no part {${name}}.`,
    });
  }
  for (const place of ['headers', 'cookies'] as const) {
    if (validate[place]?.additionalProperties !== false && validate[place]?.unevaluatedProperties !== false) continue;
    findings.push({
      path: [...path, place],
      atKey: true,
      code: 'schema-invalid',
      message:
        place === 'headers'
          ? 'Headers cannot be limited to those listed: every caller sends others, such as Host.'
          : 'Cookies cannot be limited to those listed: browsers send all that they were given.',
      hint: 'Remove "additionalProperties: false" here.',
    });
  }
  if (validate.form === undefined) return findings;
  if (validate.body !== undefined) {
    findings.push({
      path: [...path, 'form'],
      atKey: true,
      code: 'schema-invalid',
      message: '"form" and "body" describe the same thing.',
      hint: 'Keep one of the two.',
    });
  }
  return [...findings, ...checkForm([...path, 'form'], validate.form)];
}

function judge(schema: Record<string, unknown>, known: Map<string, SchemaInvalid | null>): SchemaInvalid | null {
  const text = JSON.stringify(schema);
  const before = known.get(text);
  if (before !== undefined) return before;
  let result: SchemaInvalid | null = null;
  try {
    compileSchema(schema);
  } catch (error) {
    if (!(error instanceof SchemaInvalid)) throw error;
    result = error;
  }
  known.set(text, result);
  return result;
}

function checkForm(path: ConfigPath, form: FormConfig): Finding[] {
  const findings = Object.entries(form.fields).flatMap(([name, field]) => checkField([...path, 'fields', name], field));
  if (findings.length > 0) return findings;
  try {
    compileSchema(formSchema(form));
    return [];
  } catch (error) {
    if (!(error instanceof SchemaInvalid)) throw error;
    return error.faults.map(({ message }) => ({ path, code: 'schema-invalid', message }));
  }
}

function checkField(path: ConfigPath, field: FormField): Finding[] {
  const fits = SETTINGS_OF[field.type];
  const findings: Finding[] = Object.keys(field)
    .filter((key) => key !== 'type' && key !== 'required' && !fits.includes(key as keyof FormField))
    .map((key) => ({
      path: [...path, key],
      atKey: true,
      code: 'form-setting',
      message: `"${key}" says nothing about a field of type ${field.type}.`,
      hint: fits.length === 0 ? 'Remove it.' : `It can have ${fits.join(', ')}.`,
    }));
  if (field.type === 'choice' && field.options === undefined) {
    findings.push({
      path,
      code: 'form-setting',
      message: 'A choice needs its options.',
      hint: 'Write them as a list: options: [small, large].',
    });
  }
  const crossed =
    (field.minLength ?? 0) > (field.maxLength ?? Number.POSITIVE_INFINITY) ||
    (field.minimum ?? Number.NEGATIVE_INFINITY) > (field.maximum ?? Number.POSITIVE_INFINITY);
  if (crossed) findings.push({ path, code: 'form-setting', message: 'Nothing fits: the least is more than the most.' });
  return findings;
}
