export { now } from '../storage/sql/open.ts';
