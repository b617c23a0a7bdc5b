export { activity } from '../activity/index.ts';
