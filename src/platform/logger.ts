import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/**
 * The diagnostic log of a role: one JSON object a line, by default on standard error (standard output belongs to what a person
 * asked for). Fields that may hold a secret are censored whatever the caller does. Level from `NIGHTLATCH_LOG` (default `info`).
 */
export function createLogger(role: string, destination?: DestinationStream): Logger {
  const options = {
    name: role,
    level: process.env.NIGHTLATCH_LOG ?? 'info',
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [...SECRET_FIELDS, ...SECRET_FIELDS.map((field) => `*.${field}`), ...SECRET_FIELDS.map((f) => `*.*.${f}`)],
      censor: '[secret]',
    },
  };
  return destination === undefined
    ? pino(options, pino.destination({ dest: 2, sync: true }))
    : pino(options, destination);
}

const SECRET_FIELDS = ['authorization', 'cookie', 'token', 'secret', 'passphrase', 'password'];
