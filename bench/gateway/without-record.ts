import { registerHooks } from 'node:module';

/**
 * For `node --import`: the gateway with the recorder taken out, so that the record's own cost can be seen. Everything else is
 * the product's code as it stands. The product has no such switch, as nothing may pass unrecorded.
 */
registerHooks({
  load(url, context, nextLoad) {
    if (!/\/src\/gateway\/recorder\.ts$/.test(url)) return nextLoad(url, context);
    return { format: 'module', shortCircuit: true, source: WITHOUT_RECORD };
  },
});

/** The recorder's interface (src/gateway/recorder.ts); answers leave at once. Metrics are counted as ever. */
const WITHOUT_RECORD = `
export class Recorder {
  #metrics;
  constructor(_spool, metrics) { this.#metrics = metrics; }
  record(x, waiter) {
    if (x.recorded) return;
    x.recorded = true;
    this.#metrics.observe(x, performance.now() - x.started);
    waiter?.recorded();
  }
  recordMalformed(what, waiter) {
    this.#metrics.countRefusal(what.code);
    waiter.recorded();
  }
  recordStreamEnd() {}
}
`;
