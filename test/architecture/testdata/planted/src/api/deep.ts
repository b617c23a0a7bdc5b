export { store } from '../modules/audit/store.ts';
