export type { App } from './app.ts';
export type {
  AccessPlan,
  BindingProblems,
  Bindings,
  ClientApp,
  ClientQuery,
  CompiledApp,
  CompiledComponent,
  CompiledScreen,
  TableRights,
} from './compiled.ts';
export { accessSchema, accessVersion, customRoleSchema } from './kinds/access.ts';
export type { AppAccess, CustomRole } from './kinds/access.ts';
export { appDocumentSchema, appVersion, navigationItemSchema } from './kinds/app.ts';
export type { AppDocument, NavigationItem } from './kinds/app.ts';
export {
  accessRuleSchema,
  idSchema,
  nameSchema,
  parameterSchema,
  flowInputTypes,
  parameterTypes,
  stateVariableSchema,
} from './kinds/common.ts';
export type { AccessRule, FlowInput, Parameter, StateVariable } from './kinds/common.ts';
export { dataSettingSchema, tableReference } from './kinds/data-setting.ts';
export type { DataSetting, TableData } from './kinds/data-setting.ts';
export { eventActionSchema } from './kinds/event-action.ts';
export type { EventAction } from './kinds/event-action.ts';
export { flowSchema, flowTriggerSchema, flowVersion } from './kinds/flow.ts';
export type { Flow, FlowTrigger } from './kinds/flow.ts';
export { expectedValueSchema, flowMockSchema, flowTestSchema, flowTestVersion } from './kinds/flow-test.ts';
export type { ExpectedStep, ExpectedValue, FlowMock, FlowTest } from './kinds/flow-test.ts';
export { flowStepSchemas, nestedSteps } from './kinds/flow-step.ts';
export { flowWithin, testedFlows } from './flow/flow-within.ts';
export type { TestedFlow } from './flow/flow-within.ts';
export { checkFlowInputs } from './parameters/check-flow-inputs.ts';
export { checkParameters } from './parameters/check-parameters.ts';
export { allSteps, flowKnownNames, loopNames, stepLists, stepScopes } from './flow/step-scopes.ts';
export type { FlowLoop, FlowScopes, NamedStepList, StepScope } from './flow/step-scopes.ts';
export type {
  FlowBranch,
  FlowCase,
  FlowLane,
  FlowRows,
  FlowStep,
  FlowStepBase,
  FlowStepKind,
  FlowWait,
  RetryPolicy,
} from './kinds/flow-step.ts';
export { querySchema, queryVersion } from './kinds/query.ts';
export type { Query } from './kinds/query.ts';
export { componentSchema, layoutSchema, screenSchema, screenVersion } from './kinds/screen.ts';
export type { Component, ComponentLayout, Screen } from './kinds/screen.ts';
export { themeSchema, themeVersion } from './kinds/theme.ts';
export type { Theme } from './kinds/theme.ts';
export type { ExtensionCatalog, ExtensionDescription, ExtensionUses, TableUse } from './uses.ts';
export { accessPlan } from './access/access-plan.ts';
export { flowRights } from './access/flow-rights.ts';
export { eventActionTarget, findEventAction } from './access/server-actions.ts';
export type { EventActionPlace } from './access/server-actions.ts';
export { visitEventActions } from './references/event-action-visits.ts';
export { pruneApp } from './access/prune-app.ts';
export { calledOfPlugin, withFunctions } from './functions/app-functions.ts';
export { compileApp } from './compile/compile-app.ts';
export { compileComponent, compileScreen } from './compile/compile-screen.ts';
export { emptyApp } from './empty-app.ts';
export { checkInvariants } from './invariants/check-invariants.ts';
export { checkScreenTree } from './invariants/component-tree.ts';
export { checkEvents } from './invariants/event-actions.ts';
export { checkFilters } from './invariants/filters.ts';
export { checkExpressionLengths } from './invariants/limits.ts';
export { complainAboutRoute, routeParameters, routeShape } from './invariants/routes.ts';
export { isForbiddenName } from './invariants/unique-names.ts';
export { pointer, pointerKeys, valueAt } from './json-pointer.ts';
export { appLimits } from './limits.ts';
export { checkSchema } from './load/check-schema.ts';
export { guardJson } from './load/guard-json.ts';
export { loadApp } from './load/load-app.ts';
export { parseApp } from './load/parse-app.ts';
export type { LoadOptions } from './load/parse-app.ts';
export { appToJson, saveApp } from './load/save-app.ts';
export type { AppFiles } from './load/save-app.ts';
export { extensionKey } from './migrate/read-versions.ts';
export { componentExtensions } from './migrate/used-extensions.ts';
export { readingOrder } from './reading-order.ts';
export { schemas } from './schemas.ts';
export { findSettings } from './setting-paths.ts';
export { checkChange } from './invariants/check-change.ts';
export { screenEventExtensions } from './migrate/used-extensions.ts';
export type { AppProblem } from './check/app-problem.ts';
export { checkApp } from './check/check-app.ts';
export { compareApps, describeNewApp } from './compare/compare-apps.ts';
export type { AppDifference } from './compare/compare-apps.ts';
export type { CheckOptions } from './check/check-screen.ts';
export { checkFiles } from './check/check-files.ts';
export type { FileProblem } from './check/check-files.ts';
export type { KnownQueryKinds } from './check/check-queries.ts';
export type { KnownSources } from './check/check-tables.ts';
export { settingProblems } from './check/setting-problems.ts';
export type { SettingProblem } from './check/setting-problems.ts';
export { screenKnownNames, slotNames } from './check/known-names.ts';
export { findReferences, usesOf } from './references/find-references.ts';
export { dataSourcesOf, mapDataSources, mapTables } from './references/map-data-sources.ts';
export type { Place, Reference, ReferenceKind, ReferenceTarget } from './references/reference.ts';
export { usesOfSettings } from './access/extension-use.ts';
