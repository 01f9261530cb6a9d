export { createClient, errorOf } from './client.ts';
export type { ApiClient, CallInput, ClientOptions } from './client.ts';
export { defineRoute } from './route.ts';
export type { Method, Route, RouteAccess, RouteInput, RouteOutput } from './route.ts';
export { allRoutes, routes } from './routes.ts';
export type { SessionUser } from './routes/account.ts';
export type { ApprovalInfo } from './routes/approvals.ts';
export type { AppChange, AppInfo, ReleaseInfo } from './routes/app-replies.ts';
export type { RunnableApp } from './routes/apps.ts';
export type { DataSourceInfo } from './routes/data-sources.ts';
export type { StoredSecretInfo } from './routes/stored-secrets.ts';
export { flowAlertKinds } from './routes/flow-alerts.ts';
export type { FlowAlert, FlowAlertSettings } from './routes/flow-alerts.ts';
export type { FlowHealth } from './routes/flow-health.ts';
export type {
  ContributedExtensions,
  PluginComponentInfo,
  PluginEventActionInfo,
  PluginContribution,
  PluginInfo,
  PluginInspection,
  PluginOrigin,
  PluginSigner,
  PluginSource,
  PluginUse,
} from './routes/plugins.ts';
export { runOrigins, runStates } from './routes/flows.ts';
export type { FlowJournalEntry, FlowPause, FlowRunDetails, FlowRunHead, RunOrigin } from './routes/flows.ts';
export type { FlowSourceInfo } from './routes/flow-sources.ts';
export type { FlowTestOutcome } from './routes/flow-tests.ts';
export { notificationKinds } from './routes/notifications.ts';
export type { NotificationInfo, NotificationKind } from './routes/notifications.ts';
export { installSteps, sampleRowChoices } from './routes/templates.ts';
export type {
  InstallStep,
  InstallUnderWay,
  TemplateCard,
  TemplateDetails,
  TemplatePreview,
} from './routes/templates.ts';
export type { ApiKeyInfo, WorkspaceMember } from './routes/workspaces.ts';
export type { Environment } from './schemas.ts';
