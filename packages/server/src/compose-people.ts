import type { IncomingMessage } from 'node:http';
import type { Clock } from '@fettle/base';
import type { Changes } from './changes/changes.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { accountRoutes } from './features/account/account.routes.ts';
import { createAccounts } from './features/account/account.service.ts';
import { apiKeyRoutes } from './features/api-keys/api-keys.routes.ts';
import { createApiKeys } from './features/api-keys/api-keys.service.ts';
import type { Audit } from './features/audit/audit.service.ts';
import type { Happenings } from './features/flows/triggers/happenings.ts';
import { memberRoutes } from './features/members/members.routes.ts';
import { createMembers } from './features/members/members.service.ts';
import { createAuthenticate } from './features/session/authenticate.ts';
import { createPasswords, type PasswordCost } from './features/session/passwords.ts';
import { createSessionCookies } from './features/session/session-cookies.ts';
import { createSessionTokens } from './features/session/session-token.ts';
import { sessionRoutes } from './features/session/session.routes.ts';
import { createSessions } from './features/session/session.service.ts';
import { createSignInThrottle } from './features/session/throttle.ts';
import { setupRoutes } from './features/setup/setup.routes.ts';
import { createSetup, type Setup } from './features/setup/setup.service.ts';
import { workspaceRoutes } from './features/workspaces/workspaces.routes.ts';
import { createWorkspaces } from './features/workspaces/workspaces.service.ts';
import type { Identity } from './http/dispatch.ts';
import type { RouteImplementation } from './http/implement-route.ts';
import type { Keys } from './keys/keys.ts';
import type { Log } from './log.ts';

/** What the people half of the server needs. */
export interface PeopleOptions {
  readonly config: Pick<Config, 'sessionHours' | 'sessionIdleHours'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly keys: Keys;
  readonly audit: Audit;
  /** Id of the installation: tokens of another one are refused. */
  readonly audience: string;
  readonly isHttps: boolean;
  readonly happenings: Happenings;
  readonly changes: Changes;
  readonly passwordCost: PasswordCost | undefined;
}

/** The people half: who there is and who asks. */
export interface People {
  readonly routes: readonly RouteImplementation[];
  readonly authenticate: (request: IncomingMessage) => Identity | Promise<Identity>;
  readonly setup: Setup;
}

/** Wires accounts, sessions, setup, workspaces, members and API keys. */
export function composePeople(options: PeopleOptions): People {
  const { config, clock, log, database, keys, audit, audience, changes, happenings } = options;
  const passwords = createPasswords(options.passwordCost);
  const tokens = createSessionTokens({ key: keys.derive('session-token'), audience, clock });
  const throttle = createSignInThrottle(clock);
  const cookies = createSessionCookies({ isHttps: options.isHttps });
  const sessions = createSessions({
    database,
    clock,
    audit,
    happenings,
    changes,
    passwords,
    tokens,
    throttle,
    addressKey: keys.derive('session-address'),
    idleMs: config.sessionIdleHours * 3_600_000,
    absoluteMs: config.sessionHours * 3_600_000,
  });
  const apiKeys = createApiKeys({ database, clock, audit, log, changes });
  const setupToken = keys.derive(`setup-token ${audience}`).toString('hex').slice(0, 32);
  const setup = createSetup({ database, clock, audit, passwords, sessions, setupToken });
  const accounts = createAccounts({ database, clock, audit, passwords, sessions, throttle });
  const workspaces = createWorkspaces({ database, clock, audit, sessions });
  const members = createMembers({ database, clock, audit, happenings, passwords, sessions });
  return {
    setup,
    authenticate: createAuthenticate({ cookies, tokens, sessions, apiKeys }),
    routes: [
      ...setupRoutes({ setup, cookies }),
      ...sessionRoutes({ sessions, cookies, audit, database }),
      ...accountRoutes({ accounts }),
      ...workspaceRoutes({ workspaces }),
      ...memberRoutes({ members }),
      ...apiKeyRoutes({ apiKeys }),
    ],
  };
}
