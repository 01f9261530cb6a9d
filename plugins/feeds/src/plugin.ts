import { feed } from './feed/index.ts';

/** What the plugin brings. */
export const connectors = [feed];
