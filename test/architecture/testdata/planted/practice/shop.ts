export const shop = 1;
export type { Shape } from '../src/contracts/shape.ts';
