export { nothing } from 'a-library-nobody-installed';
