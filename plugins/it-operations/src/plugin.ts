import { checkCertificate } from './certificate/index.ts';
import { checkNow } from './check-now/index.ts';
import { lookUpName } from './dns-lookup/index.ts';
import { checkHttp } from './http-check/index.ts';
import { checkTcp } from './tcp-check/index.ts';

/** What the plugin brings. */
export const flowActions = [checkHttp, checkTcp, checkCertificate, lookUpName];
export const eventActions = [checkNow];
