export { b } from './twin-a.ts';
export const a = 1;
