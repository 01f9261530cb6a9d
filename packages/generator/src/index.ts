export { generateApp } from './generate-app.ts';
export type { GenerateAppOptions } from './generate-app.ts';
export { generateDemoApp } from './generate-demo-app.ts';
export type { GenerateDemoAppOptions } from './generate-demo-app.ts';
export { countingIds } from './ids.ts';
export type { IdMaker } from './ids.ts';
