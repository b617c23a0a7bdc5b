/** What holds where the configuration says nothing. */
export const CONFIG_DEFAULTS = {
  listen: '127.0.0.1:8080',
  outboundListen: '127.0.0.1:8081',
  hsts: '365d',
  identityHeaders: {
    consumer: 'X-Nightlatch-Consumer',
    scopes: 'X-Nightlatch-Scopes',
    route: 'X-Nightlatch-Route',
  },
  limits: {
    body: '1MiB',
    headers: '16KiB',
    headerTimeout: '10s',
    idle: '30s',
    connectionsPerAddress: 100,
    streams: 100,
  },
  timeouts: { connect: '3s', response: '30s', idle: '5m' },
  health: { interval: '10s', timeout: '2s', healthyAfter: 2, unhealthyAfter: 3, status: '200-399' },
  breaker: { failures: 5, window: '10s', open: '10s' },
  answerBudget: '256KiB',
  drafts: { sample: 2, size: '64KiB' },
  learningPeriod: '3d',
  attackFilter: { mode: 'monitor', profile: 'balanced', maxBody: '1MiB', whenIncomplete: 'pass' },
  auth: 'required',
  mode: 'enforce',
  loginsPerMinute: 5,
  /** How many addresses of one network may try to log in as often as they may each. */
  loginNetworkFactor: 12,
  bans: { mode: 'monitor', attempts: 20, window: '10m', unknownPaths: 60 },
} as const;
