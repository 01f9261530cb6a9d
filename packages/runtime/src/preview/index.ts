export { createPreviewClient } from './preview-client.ts';
export type { PreviewedApp } from './preview-client.ts';
export { createTemplateClient } from './template-client.ts';
export type { TemplateAddress } from './template-client.ts';
