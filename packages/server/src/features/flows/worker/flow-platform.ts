import { AppError, type Json } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';

/** What of Fettle itself one run may ask. */
export interface PlatformParts {
  readonly startFlow: (flow: string, input: Readonly<Record<string, Json>>) => Promise<string>;
  readonly invalidate: (dataSource: string) => Promise<void>;
}

/** The platform as far as this installation has it: what it has not says so in a clear error. */
export function createFlowPlatform(parts: PlatformParts): FlowPlatform {
  return {
    startFlow: parts.startFlow,
    invalidate: parts.invalidate,
    // Nobody waits for a reply unless a webhook does, and webhooks answer by themselves.
    respond: () => Promise.resolve(false),
    notify: () => Promise.reject(missing('notifications to people', 'Send a message by another step.')),
    sendMail: () => Promise.reject(missing('a mail server', 'Use a step that names its own mail server.')),
    runScript: () => Promise.reject(missing('scripts', 'Use bindings and the transform steps.')),
  };
}

function missing(what: string, hint: string): AppError {
  return new AppError('unavailable', {
    code: 'flow.not-available',
    message: `This installation has no ${what} yet.`,
    hint,
  });
}
