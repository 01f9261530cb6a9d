import { bug } from '@fettle/base';
import type { AccessPlan, App } from '@fettle/definition';
import type { RouteContext } from '../../http/implement-route.ts';

/** A release or draft as one set of roles runs it. Everything but `user` is shared between requests: never change it. */
export interface RunningApp {
  readonly appId: string;
  readonly workspaceId: string;
  readonly slug: string;
  /** Releases run on production data, drafts on development data. */
  readonly environment: 'development' | 'production';
  /** The release id, or `draft-<revision>`: what is cached per version stays right. */
  readonly version: string;
  readonly app: App;
  /** Expanded app roles of the caller. */
  readonly roles: ReadonlySet<string>;
  readonly rights: AccessPlan;
  readonly user: { readonly id: string; readonly email: string; readonly name: string } | null;
}

/** The running app of a release or draft route. */
export function runningAppOf(context: Pick<RouteContext, 'running' | 'route'>): RunningApp {
  if (context.running === undefined) throw bug(`${context.route.id} does not run an app.`);
  return context.running;
}
