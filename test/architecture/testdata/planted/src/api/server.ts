export { activity } from '../modules/activity/index.ts';
export { missing } from './missing.ts';
