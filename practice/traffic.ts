import { parseArgs } from 'node:util';
import { runTraffic, type TrafficOptions } from './traffic/run.ts';

export { runTraffic, type TrafficOptions };

const USAGE = `A little traffic for the practice shop: customers who look around and buy, and, if wanted, small attacks.

  node practice/traffic.ts --base http://127.0.0.1:8080 --key nl_live_... --attacks

  --base URL        the gateway or the shop, on this computer only (default http://127.0.0.1:8080)
  --key KEY         the customers' key, sent as X-API-Key
  --key2 KEY        a second key that may do less; the attacks try it where it should not fit
  --rate N          requests a second (default 3)
  --seconds N       how long (default 0: until Ctrl-C)
  --password TEXT   the customers' password (default: the practice data's)
  --attacks         small attacks in between: guessing, walking through numbers, missing keys, scanning
  --json            print the count at the end as JSON
  --help

Exit codes: 0 done, 2 wrong use.
`;

function readCommandLine(): { options: TrafficOptions; asJson: boolean; help: boolean } {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: 'http://127.0.0.1:8080' },
      key: { type: 'string' },
      key2: { type: 'string' },
      rate: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '0' },
      password: { type: 'string' },
      attacks: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { base, key, key2, password, attacks } = values;
  const numbers = { rate: Number(values.rate), seconds: Number(values.seconds) };
  return { options: { base, key, key2, password, attacks, ...numbers }, asJson: values.json, help: values.help };
}

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    const { options, asJson, help } = readCommandLine();
    if (help) {
      process.stdout.write(USAGE);
      return;
    }
    const say = (words: string): void => {
      if (!asJson) process.stdout.write(`${words}\n`);
    };
    say(`Sending practice traffic to ${options.base}.`);
    const tally = await runTraffic({ ...options, onAttack: (name) => say(`Attack: ${name}.`) }, stop.signal);
    say(`Sent ${tally.sent} requests.`);
    process.stdout.write(
      asJson ? `${JSON.stringify(tally)}\n` : `Answers by status: ${JSON.stringify(tally.byStatus)}\n`,
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main();
