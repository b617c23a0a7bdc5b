/** What holds where the configuration says nothing. */
export const CONFIG_DEFAULTS = {
  listen: '127.0.0.1:8080',
  hsts: '365d',
  identityHeaders: {
    consumer: 'X-Nightlatch-Consumer',
    scopes: 'X-Nightlatch-Scopes',
    route: 'X-Nightlatch-Route',
  },
  limits: { body: '1MiB', headers: '16KiB', headerTimeout: '10s', idle: '30s', connectionsPerAddress: 100 },
  timeouts: { connect: '3s', response: '30s' },
  answerBudget: '256KiB',
  learningPeriod: '3d',
  auth: 'required',
  mode: 'enforce',
} as const;
