export { implementConnector } from './data/connector.ts';
export type {
  CallOptions,
  ConnectorContext,
  ConnectorExtension,
  ConnectorImplementation,
  DataSession,
  DataTrial,
  GuardedFetch,
  BackupCapability,
  NoticesCapability,
  TablesCapability,
  WriteOptions,
} from './data/connector.ts';
export type { CapturedChange, ChangeCapture, OutboxEntry, SessionOutbox } from './data/captured-changes.ts';
export type { StructureEditor } from './data/structure.ts';
export type { KeptValues } from './data/kept-values.ts';
export { implementFlowAction, lookUpTypes } from './flow/flow-action.ts';
export type {
  FlowActionContext,
  FlowActionExtension,
  FlowActionImplementation,
  FlowData,
  FlowFiles,
  FlowNetwork,
  FlowPlatform,
  NetworkCertificate,
  GuardedConnect,
} from './flow/flow-action.ts';
export { implementServerEventAction } from './event/server-event-action.ts';
export type {
  EventActionContext,
  ServerEventActionExtension,
  ServerEventActionImplementation,
} from './event/server-event-action.ts';
export { implementFlowTrigger } from './flow/flow-source.ts';
export type {
  FlowPeekContext,
  FlowSourceContext,
  FlowSourceImplementation,
  FlowTriggerExtension,
  SourceBatch,
  SourceEvent,
  SourceRow,
  SourceTables,
} from './flow/flow-source.ts';
export { openRowTables } from './data/row-tables.ts';
export type { RowTable, RowTablesOptions } from './data/row-tables.ts';
