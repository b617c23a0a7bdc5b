import type { Door } from './door.ts';
import type { Guard, NightlatchCaller } from './guard.ts';
import { WebAnswer, WebRequest } from './web-exchange.ts';

/** `Guard.next`: what is judged is a Web `Request`, what is watched is the handler's `Response`. */
export function createWebGuard(door: Door): Guard['next'] {
  return (handler) => async (webRequest, context) => {
    const request = new WebRequest(webRequest);
    const response = new WebAnswer(request);
    const answer = async (caller: NightlatchCaller): Promise<void> => {
      await response.send(await handler(request.toWeb(webRequest), caller, context));
    };
    // Rejects with what the handler threw: frameworks say "redirect" and "not found" that way.
    const handled = new Promise<never>((_, reject) => {
      door.middleware(request, response, (error) => {
        const caller = request.nightlatch;
        if (error !== undefined || caller === undefined) {
          reject(error);
          return;
        }
        void answer(caller).catch((thrown: unknown) => {
          reject(thrown);
          if (response.headersSent) {
            response.destroy();
            return;
          }
          response.statusCode = statusOf(thrown);
          response.end();
        });
      });
    });
    return Promise.race([response.answered, handled]);
  };
}

/** What Next.js makes of errors by which a handler redirects or says that there is nothing. */
function statusOf(thrown: unknown): number {
  const digest = (thrown as { digest?: unknown } | null)?.digest;
  if (typeof digest !== 'string') return 500;
  const match = /^NEXT_(?:REDIRECT;.*;(\d{3});|HTTP_ERROR_FALLBACK;(\d{3}))/.exec(digest);
  return Number(match?.[1] ?? match?.[2] ?? 500);
}
