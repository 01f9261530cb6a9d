import type { App, Flow } from '@fettle/definition';
import type { WebhookAuth } from './webhook-auth.ts';

/** The trigger type that listens here. */
export const webhookTrigger = 'core/webhook';

/** What a webhook trigger says, with what it leaves out filled in. */
export interface WebhookSettings {
  readonly path: string;
  readonly methods: readonly string[];
  readonly auth: WebhookAuth;
  /** Names of stored secrets that count. */
  readonly secrets: readonly string[];
  /** Origins whose pages browsers let call it. */
  readonly origins: ReadonlySet<string>;
  readonly waits: boolean;
  readonly timeoutMs: number;
  /** In lower case. */
  readonly deliveryHeader: string;
  /** An expression over `trigger`, whose value tells deliveries apart. */
  readonly deliveryKey: string | undefined;
  /** JSON Schema of the body; undefined: any body. */
  readonly bodySchema: Readonly<Record<string, unknown>> | undefined;
}

/** Reads the settings of a webhook trigger; undefined for other triggers. */
export function readWebhookSettings({ name, trigger }: Pick<Flow, 'name' | 'trigger'>): WebhookSettings | undefined {
  if (trigger.type !== webhookTrigger) return undefined;
  const { settings } = trigger;
  const text = (key: string): string | undefined => {
    const value = settings[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const { methods, origins, timeoutSeconds, bodySchema } = settings as Readonly<Record<string, unknown>>;
  return {
    path: text('path') ?? name,
    methods: Array.isArray(methods) && methods.length > 0 ? methods.map(String) : ['POST'],
    auth: authOf(text),
    secrets: [text('secret'), text('formerSecret')].filter((secret) => secret !== undefined),
    origins: new Set(Array.isArray(origins) ? origins.flatMap(originOf) : []),
    waits: text('reply') === 'wait',
    timeoutMs: (typeof timeoutSeconds === 'number' ? Math.min(Math.max(timeoutSeconds, 1), 120) : 30) * 1000,
    deliveryHeader: (text('deliveryHeader') ?? 'idempotency-key').toLowerCase(),
    deliveryKey: text('deliveryKey'),
    bodySchema: typeof bodySchema === 'object' && bodySchema !== null ? { ...bodySchema } : undefined,
  };
}

/** An origin as browsers write it; what is none allows nobody. */
function originOf(text: unknown): readonly string[] {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && !url.hostname.includes('*') ? [url.origin] : [];
}

// What is not chosen is a token: a webhook that nobody set up is closed.
function authOf(text: (key: string) => string | undefined): WebhookAuth {
  const kind = text('auth') ?? 'token';
  switch (kind) {
    case 'none':
    case 'basic':
    case 'standard-webhooks':
    case 'github':
    case 'slack':
    case 'stripe':
    case 'pagerduty':
      return { kind };
    case 'hmac': {
      const [prefix, timestampHeader] = [text('prefix'), text('timestampHeader')];
      return {
        kind,
        header: text('signatureHeader') ?? 'x-signature',
        algorithm: (text('algorithm') ?? 'sha256') as 'sha256',
        encoding: (text('encoding') ?? 'hex') as 'hex',
        ...(prefix === undefined ? {} : { prefix }),
        ...(timestampHeader === undefined ? {} : { timestampHeader }),
      };
    }
    default: {
      const header = text('tokenHeader');
      return { kind: 'token', ...(header === undefined ? {} : { header }) };
    }
  }
}

interface FoundHook {
  readonly flow: Flow;
  readonly hook: WebhookSettings;
}

// Releases never change: the webhooks of one are looked up once.
const hooksOfApps = new WeakMap<App, ReadonlyMap<string, FoundHook>>();

/** The flow that a path of an app's webhooks leads to. */
export function findHook(app: App, path: string): FoundHook | undefined {
  let hooks = hooksOfApps.get(app);
  if (hooks === undefined) {
    const found = Object.values(app.flows).flatMap((flow) => {
      const hook = flow.disabled === true ? undefined : readWebhookSettings(flow);
      return hook === undefined ? [] : [[hook.path, { flow, hook }] as const];
    });
    // Of two at the same path the first one counts.
    hooks = new Map(found.reverse());
    hooksOfApps.set(app, hooks);
  }
  return hooks.get(path);
}
