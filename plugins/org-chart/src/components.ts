import { people } from './people/index.ts';

/** The components of the plugin. */
export const components = [people];
