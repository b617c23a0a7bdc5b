/** An owner may have written the key itself instead of its hash, or credentials into an address. */
export const SECRET_PLACES: ReadonlySet<string> = new Set([
  'consumers[].keys[].hash',
  'services[].upstream',
  'jwt.issuers[].jwksUri',
  'outbound[].secret',
  'outbound[].secret.env',
  'outbound[].host',
]);
