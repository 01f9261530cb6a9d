import type { Json } from '@fettle/base';
import type { GuardedFetch } from '../data/connector.ts';
import type { KeptValues } from '../data/kept-values.ts';
import type { FlowData, FlowNetwork } from '../flow/flow-action.ts';
import type { EventActionManifest } from '../manifest/event-action.ts';
import type { SettingsSchema } from '../manifest/manifest.ts';

/** Everything that an event action on the server is given. It has no other rights. */
export interface EventActionContext<T = Readonly<Record<string, Json>>> {
  /**
   * The action's settings, checked against the manifest. What is bound in them comes from the browser of whoever pressed,
   * which can send anything of the right type; everything else stands in the app.
   */
  readonly settings: T;
  /** Values of settings marked secret, when the action names a stored secret. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Fires at the time limit, and for effects `none` and `read` when whoever pressed has left. */
  readonly signal: AbortSignal;
  /** Different for every press; hand it to systems that can tell doubles. */
  readonly idempotencyKey: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Writes to the log of the server, where its operator finds it. */
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, details?: Json) => void;
  readonly fetch: GuardedFetch;
  readonly network: FlowNetwork;
  /** Rows and queries, with the rights of whoever pressed. */
  readonly data: FlowData;
  readonly storage: KeptValues;
}

/** The code of an event action on the server. Throws an `AppError`, whose message the person reads. */
export interface ServerEventActionImplementation {
  run(context: EventActionContext): Promise<Json>;
}

/** An event action's manifest with a way to load its code. */
export interface ServerEventActionExtension {
  readonly manifest: EventActionManifest;
  readonly load: () => Promise<ServerEventActionImplementation>;
}

/** Ties the manifest of an event action to its code on the server, loaded on first use. */
export function implementServerEventAction<S extends SettingsSchema>(
  manifest: EventActionManifest<S>,
  load: () => Promise<ServerEventActionImplementation>,
): ServerEventActionExtension {
  return { manifest: manifest as unknown as EventActionManifest, load };
}
