export { createServer } from './compose.ts';
export type { ServerOptions } from './compose.ts';
export { describeConfig, loadConfig } from './config.ts';
export type { Config } from './config.ts';
export type { AppSource, GenerateApp } from './features/apps/app-sources.ts';
export type { WebFolders } from './http/web-pages.ts';
export type { RunningServer } from './listen.ts';
export { createLog } from './log.ts';
export type { Log } from './log.ts';
