import { availability } from './availability/index.ts';
import { deadlineWords } from './deadline-words/index.ts';
import { hostOf } from './host-of/index.ts';
import { ipInNetwork } from './ip-in-network/index.ts';
import { ipToNumber } from './ip-to-number/index.ts';
import { severity } from './severity/index.ts';

/** What the plugin brings to expressions. */
export const functions = [severity, deadlineWords, availability, ipInNetwork, ipToNumber, hostOf];
