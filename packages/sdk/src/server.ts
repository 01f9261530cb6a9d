export { implementConnector } from './data/connector.ts';
export type {
  CallOptions,
  ConnectorContext,
  ConnectorExtension,
  ConnectorImplementation,
  DataSession,
  GuardedFetch,
  TablesCapability,
} from './data/connector.ts';
export type { StructureEditor } from './data/structure.ts';
