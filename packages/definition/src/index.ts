export type { App } from './app.ts';
export type {
  AccessPlan,
  Bindings,
  ClientApp,
  ClientQuery,
  CompiledComponent,
  CompiledScreen,
  TableRights,
} from './compiled.ts';
export { accessSchema, accessVersion, customRoleSchema } from './kinds/access.ts';
export type { AppAccess, CustomRole } from './kinds/access.ts';
export { appDocumentSchema, appVersion, navigationItemSchema } from './kinds/app.ts';
export type { AppDocument, NavigationItem } from './kinds/app.ts';
export { accessRuleSchema, idSchema, nameSchema, parameterSchema, parameterTypes, stateVariableSchema } from './kinds/common.ts';
export type { AccessRule, Parameter, StateVariable } from './kinds/common.ts';
export { dataSettingSchema, tableReference } from './kinds/data-setting.ts';
export type { DataSetting, TableData } from './kinds/data-setting.ts';
export { eventActionSchema } from './kinds/event-action.ts';
export type { EventAction } from './kinds/event-action.ts';
export { flowSchema, flowVersion } from './kinds/flow.ts';
export type { Flow } from './kinds/flow.ts';
export { querySchema, queryVersion } from './kinds/query.ts';
export type { Query } from './kinds/query.ts';
export { componentSchema, layoutSchema, screenSchema, screenVersion } from './kinds/screen.ts';
export type { Component, ComponentLayout, Screen } from './kinds/screen.ts';
export { themeSchema, themeVersion } from './kinds/theme.ts';
export type { Theme } from './kinds/theme.ts';
export type { ExtensionCatalog, ExtensionDescription, ExtensionUses, TableUse } from './uses.ts';
