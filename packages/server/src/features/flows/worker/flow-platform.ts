import { AppError } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';

/** What of Fettle itself one run may ask. */
export interface PlatformParts {
  readonly startFlow: FlowPlatform['startFlow'];
  readonly runScript: FlowPlatform['runScript'];
  /** Undefined when the installation has no mail server. */
  readonly sendMail: FlowPlatform['sendMail'] | undefined;
  readonly mailFrom: string | undefined;
  readonly invalidate: (dataSource: string) => Promise<void>;
  readonly respond: FlowPlatform['respond'];
  readonly notify: FlowPlatform['notify'];
  readonly backUp: FlowPlatform['backUp'];
}

/** The platform as far as this installation has it: what it has not says so in a clear error. */
export function createFlowPlatform(parts: PlatformParts): FlowPlatform {
  return {
    startFlow: parts.startFlow,
    invalidate: parts.invalidate,
    respond: parts.respond,
    notify: parts.notify,
    backUp: parts.backUp,
    mailFrom: parts.mailFrom,
    sendMail:
      parts.sendMail ??
      (() => Promise.reject(missing('a mail server', 'Its operator can set FETTLE_SMTP_URL and FETTLE_MAIL_FROM.'))),
    runScript: parts.runScript,
  };
}

function missing(what: string, hint: string): AppError {
  return new AppError('unavailable', {
    code: 'flow.not-available',
    message: `This installation does not have ${what}.`,
    hint,
  });
}
