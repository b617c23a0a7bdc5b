/** An owner may have written the key itself instead of its hash, or credentials into an address. */
const SECRET_PLACES = new Set([
  'consumers[].keys[].hash',
  'consumers[].basic[].passwordHash',
  'services[].upstream',
  'services[].upstream[]',
  'services[].upstream[].url',
  'jwt.issuers[].jwksUri',
  'oauth2.introspection[].url',
  'outbound[].secret',
  'outbound[].secret.env',
  'outbound[].host',
]);

/** Whether what stands at a place (with list positions left out) is never repeated to a person. */
export const isSecretPlace = (pattern: string): boolean => SECRET_PLACES.has(pattern) || isSecretSource(pattern);

/** Whether a place says where a secret is; an owner may have written the secret itself there. */
export const isSecretSource = (pattern: string): boolean =>
  /^(?:webhooks\..+\.secrets|oauth2\.introspection\[\]\.clientSecret)/.test(pattern);

export const SECRET_SOURCE_HINT =
  'Write where the secret is, { env: NAME } or { file: PATH } (for webhooks a list of these); the secret itself never stands here.';
