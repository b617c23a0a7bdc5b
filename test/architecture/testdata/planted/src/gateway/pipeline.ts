export { store } from '../modules/audit/index.ts';
export { counter } from '../storage/counters/memory.ts';
