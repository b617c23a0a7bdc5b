import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Actor } from '../actor.ts';

/**
 * Who may call a route. `public`: anyone; `read`: signed in, or a token that may read; `change`: signed in, or a token that may
 * change things; `gateway`: a gateway with its token, nobody else. Every route names one in its config or the start fails.
 */
export type Access = 'public' | 'read' | 'change' | 'gateway';

/** The HTTP face of a module: a Fastify plug-in whose schemas are written in Zod. Paths are whole: `/api/services`. */
export type ApiPlugin = FastifyPluginAsyncZod;

/** `csrf` is what `X-CSRF-Token` must say. */
export type BrowserSession = { readonly id: string; readonly accountId: string; readonly csrf: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Who asks. Throws on a `public` route that nobody is signed in to; look at `caller` there. */
    readonly actor: Actor;
    caller: Actor | null;
    /** The browser session that the request came with. */
    session: BrowserSession | null;
  }
  interface FastifyReply {
    /** Sets the session cookie. */
    startSession(token: string): void;
    /** Takes the session cookie back. */
    endSession(): void;
  }
  interface FastifyInstance {
    /** Aborted when the server begins to close: streams and long polls end themselves then. */
    readonly closing: AbortSignal;
  }
}
