export { createTestData } from './test-data.ts';
export type { TestData, TestDataOptions } from './test-data.ts';
export { createTestHost } from './test-host.ts';
export type { TestHost, TestHostOptions } from './test-host.ts';
