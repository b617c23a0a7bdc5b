export { shop } from '../../practice/shop.ts';
