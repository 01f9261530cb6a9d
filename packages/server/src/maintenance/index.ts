export { loadConfig } from '../config.ts';
export type { Config } from '../config.ts';
export { examine } from './doctor.ts';
export type { Finding } from './doctor.ts';
export { verifyBackup } from './read-backup.ts';
export { restoreBackup } from './restore-backup.ts';
export { rotateKeys } from './rotate-keys.ts';
export { createOwner, migrateStore } from './store-tasks.ts';
export { writeBackup } from './write-backup.ts';
