export { store } from '../audit/store.ts';
