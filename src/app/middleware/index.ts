export type {
  FastifyGuard,
  FastifyLike,
  Guard,
  GuardLogger,
  Middleware,
  NightlatchCaller,
  ProtectOptions,
  WebHandler,
} from './guard.ts';
export { protect } from './protect.ts';
