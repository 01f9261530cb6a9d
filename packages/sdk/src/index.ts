export { choice, secretSetting, setting } from './manifest/manifest.ts';
export { keySetting, rowOf, tableSetting, valuesSetting } from './manifest/row-settings.ts';
export type { ExtensionKind, Manifest, SettingEditor, SettingHint, SettingsSchema } from './manifest/manifest.ts';
export { defineConnector, secretSettings } from './manifest/connector.ts';
export type { ConnectorCapabilities, ConnectorManifest, QueryKind } from './manifest/connector.ts';
export { isEmailAddress, isWebAddress } from './data/addresses.ts';
export { requestOfPaths } from './data/column-paths.ts';
export { chooseLabelColumn } from './data/label-column.ts';
export { nameRelations } from './data/name-relations.ts';
export type { ForeignKey } from './data/name-relations.ts';
export { valueText } from './data/value-text.ts';
export { columnTypes, decodeRowKey, encodeRowKey } from './data/table.ts';
export type {
  ColumnDescription,
  ColumnMeaning,
  ColumnType,
  RelationDescription,
  Row,
  RowKey,
  SchemaDescription,
  TableDescription,
} from './data/table.ts';
export type {
  AggregateRequest,
  AggregateResult,
  CreateRequest,
  DeleteRequest,
  Expand,
  ExpandRequest,
  ListRequest,
  ListResult,
  Measure,
  QueryRequest,
  QueryResult,
  ReadRequest,
  ResultColumn,
  RowChange,
  UpdateRequest,
} from './data/requests.ts';
export { fieldTypes } from './data/structure.ts';
export type { FieldSpecification, FieldType, RelationNames } from './data/structure.ts';
export { defineComponent } from './manifest/component.ts';
export type {
  ComponentManifest,
  EventDescription,
  MethodDescription,
  SlotDescription,
  StarterComponent,
} from './manifest/component.ts';
export { defineEventAction } from './manifest/event-action.ts';
export type { EventActionManifest, ServerEventActionFacts } from './manifest/event-action.ts';
export { defineFlowAction, effectOf } from './manifest/flow-action.ts';
export type { FlowActionManifest, FlowEffect } from './manifest/flow-action.ts';
export { defineFlowTrigger } from './manifest/flow-trigger.ts';
export type { FlowTriggerManifest, FlowTriggerSource } from './manifest/flow-trigger.ts';
export { libraryName } from '@fettle/expression';
export { defineFunction, libraryOf, signatureOf } from './manifest/function.ts';
export type { FunctionExample, FunctionManifest, FunctionParameter } from './manifest/function.ts';
export { createCatalog } from './catalog.ts';
export { withMigrations } from './plugin/contributed.ts';
export { dataSettingSchema, idSchema } from '@fettle/definition';
export type { ComponentLayout, DataSetting, ExtensionUses, TableUse } from '@fettle/definition';
// What plugins need besides, so that they import the SDK and nothing else.
export { Type } from 'typebox';
export { AppError, inputError, notFound, timeoutError, upstreamError } from '@fettle/base';
export type { Json } from '@fettle/base';
