export { shape } from '../src/contracts/shape.ts';
export { now } from '../src/platform/clock.ts';
