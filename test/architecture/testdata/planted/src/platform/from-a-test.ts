export { shop } from './clock.test.ts';
