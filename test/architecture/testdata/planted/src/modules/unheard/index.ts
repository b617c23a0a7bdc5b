export { shape } from '../../contracts/shape.ts';
