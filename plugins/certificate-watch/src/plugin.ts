import { certificateWatch } from './certificate/index.ts';

/** What the plugin brings. */
export const flowTriggers = [certificateWatch];
