// What is checked before an app is published and needs no server.
export { checkStarts } from './features/flows/triggers/check-starts.ts';
