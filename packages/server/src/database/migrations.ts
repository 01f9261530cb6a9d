import type { Migration } from './migrate.ts';
import { accounts } from './migrations/000001-accounts.ts';
import { apps } from './migrations/000002-apps.ts';

/** Every migration, in order. 000001 to 000009: accounts and apps; from 000010: data. */
export const migrations: readonly Migration[] = [accounts, apps];
