export { startBuilder } from './start-builder.tsx';
export { createBuilderExtensions } from './extensions.ts';
export type { BuilderExtensions } from './extensions.ts';
