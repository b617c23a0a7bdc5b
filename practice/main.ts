import { parseArgs } from 'node:util';
import { type PracticeShopOptions, startPracticeShop } from './server.ts';

const USAGE = `Blue Harbour Pottery, a practice shop that is weak on purpose. Never put it where others can reach it.

  node practice/main.ts [options]

  --port N        port on 127.0.0.1 (default 3000, 0 = any free one)
  --data DIR      keep the database in DIR (default: in memory, gone at the end)
  --hardened      switch every weakness off
  --without A,B   switch single weaknesses off (ids: practice/weaknesses.yaml)
  --json          print {"url":"..."} once the shop is ready
  --help

Ends with Ctrl-C. Exit codes: 0 stopped, 1 could not start, 2 wrong use.
`;

class WrongUse extends Error {}

function readCommandLine(): { options: PracticeShopOptions; asJson: boolean; help: boolean } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '3000' },
      host: { type: 'string' },
      data: { type: 'string' },
      hardened: { type: 'boolean', default: false },
      without: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  // Known only to be refused: this shop must not be reachable from anywhere else.
  if (values.host !== undefined && values.host !== '127.0.0.1') {
    throw new WrongUse('The practice shop is weak on purpose and listens on 127.0.0.1 only.');
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new WrongUse('--port needs a number from 0 to 65535.');
  const without = values.without?.split(',').filter((id) => id !== '') ?? [];
  return {
    options: { port, hardened: values.hardened, without, ...(values.data ? { data: values.data } : {}) },
    asJson: values.json,
    help: values.help,
  };
}

function plainReason(error: unknown, port: number | undefined): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Choose another one with --port.`;
  }
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  let wanted: ReturnType<typeof readCommandLine>;
  try {
    wanted = readCommandLine();
  } catch (error) {
    process.stderr.write(`${plainReason(error, undefined)}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (wanted.help) {
    process.stdout.write(USAGE);
    return;
  }
  try {
    const shop = await startPracticeShop(wanted.options);
    const stop = (): void => {
      void shop.close();
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    process.stdout.write(
      wanted.asJson
        ? `${JSON.stringify({ url: shop.url })}\n`
        : `The practice shop is open at ${shop.url} (this computer only). Ctrl-C closes it.\n`,
    );
  } catch (error) {
    process.stderr.write(`The practice shop could not start. ${plainReason(error, wanted.options.port)}\n`);
    process.exitCode = 1;
  }
}

await main();
