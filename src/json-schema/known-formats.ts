import formats from 'ajv-formats/dist/formats.js';

/** Whether values are held against this "format". Others say something to people alone (JSON Schema Validation §7.2.3). */
export function isKnownFormat(format: unknown): boolean {
  return typeof format === 'string' && format !== 'regex' && Object.hasOwn(formats.fullFormats, format);
}
