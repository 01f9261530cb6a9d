export { components, eventActions } from './extensions.ts';
