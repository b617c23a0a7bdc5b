import { Agent, request } from 'undici';

export type Answered = { id: string; status: number };
export type LoadResult = { answered: Answered[]; failed: string[] };

/**
 * Asks from several connections at once until told to stop, at most `perSecond` times a second in all. An answer counts when
 * its last byte was read.
 */
export function startLoad(
  url: string,
  headers: Record<string, string>,
  options: { connections: number; perSecond: number },
) {
  const agent = new Agent({ connections: options.connections, pipelining: 1 });
  const result: LoadResult = { answered: [], failed: [] };
  let stopped = false;
  const pauseMs = (1000 * options.connections) / options.perSecond;
  const worker = async () => {
    let next = performance.now();
    while (!stopped) {
      next += pauseMs;
      try {
        const response = await request(url, { dispatcher: agent, headers });
        await response.body.text();
        result.answered.push({ id: String(response.headers['x-request-id']), status: response.statusCode });
      } catch (error) {
        result.failed.push(String(error));
        if (stopped) return;
      }
      const wait = next - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      else next = performance.now();
    }
  };
  const workers = Array.from({ length: options.connections }, worker);
  return {
    result,
    async stop(): Promise<LoadResult> {
      stopped = true;
      await Promise.all(workers);
      await agent.destroy();
      return result;
    },
  };
}
