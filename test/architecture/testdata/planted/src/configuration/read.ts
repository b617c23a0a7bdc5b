export type { Shape } from '../contracts/shape.ts';
export { now } from '../platform/clock.ts';
