export { a } from './twin-b.ts';
export const b = 1;
