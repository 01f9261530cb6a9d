import type { Grant } from '@fettle/access';
import { inputError, notFound, type Clock } from '@fettle/base';
import type { SessionUser } from '@fettle/contract';
import type { Database } from '../../database/database.ts';
import { userIdOf } from '../../grants.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../session/passwords.ts';
import type { Sessions } from '../session/session.service.ts';
import { listSessionsOf, type SessionRow } from '../session/session.store.ts';
import type { SignInThrottle } from '../session/throttle.ts';
import { describeUser, findAccount, updateAccount } from './account.store.ts';

/** One's own account. */
export interface Accounts {
  rename(grant: Grant, name: string): Promise<SessionUser>;
  /** Ends every other session. */
  changePassword(
    grant: Grant,
    change: {
      readonly current: string;
      readonly next: string;
      readonly sessionId: string | undefined;
      readonly address: string;
    },
  ): Promise<void>;
  sessions(grant: Grant): Promise<readonly SessionRow[]>;
}

/** What the account service needs. */
export interface AccountsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly throttle: SignInThrottle;
}

/** Makes the account service. */
export function createAccounts({ database, audit, passwords, sessions, throttle }: AccountsOptions): Accounts {
  return {
    async rename(grant, name) {
      const userId = userIdOf(grant);
      await updateAccount(database.knex, userId, { name: name.trim() });
      sessions.forget(userId);
      const user = await describeUser(database.knex, userId);
      if (user === undefined) throw notFound({ code: 'not-found', message: 'This account is gone.' });
      return user;
    },
    async changePassword(grant, { current, next, sessionId, address }) {
      const account = await findAccount(database.knex, { id: userIdOf(grant) });
      const attempt = { email: account?.email ?? '', address };
      throttle.assertMayTry({ ...attempt, isKnownAddress: true });
      const { isRight } = await passwords.verify(current, account?.password_hash);
      if (!isRight || account === undefined) {
        throttle.noteFailure(attempt);
        throw inputError({
          code: 'account.wrong-password',
          message: 'The current password is wrong.',
          hint: 'Type your current password again.',
        });
      }
      const hash = await passwords.hash(next);
      await database.transaction(async (transaction) => {
        await updateAccount(transaction, account.id, { password_hash: hash });
        await sessions.endAllOf(account.id, {
          knex: transaction,
          ...(sessionId === undefined ? {} : { exceptId: sessionId }),
        });
        await audit.record(
          { actor: grant.actor, action: 'account.change-password', workspaceId: null, target: account.id },
          transaction,
        );
      });
      sessions.forget(account.id);
    },
    sessions: (grant) => listSessionsOf(database.knex, userIdOf(grant)),
  };
}
