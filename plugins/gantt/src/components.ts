import { chart } from './chart/index.ts';

/** The components of the plugin. */
export const components = [chart];
