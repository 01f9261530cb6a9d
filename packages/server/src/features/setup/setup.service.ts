import { createHash, timingSafeEqual } from 'node:crypto';
import { conflict, createId, notAllowed, slugFromLabel, type Clock } from '@fettle/base';
import { isUniqueViolation, type Database, type StoreTransaction } from '../../database/database.ts';
import { insertAccount, normaliseEmail } from '../account/account.store.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../session/passwords.ts';
import type { ClientFacts, Sessions, SignedIn } from '../session/session.service.ts';
import { insertMember, insertWorkspace } from '../workspaces/workspaces.store.ts';
import { describeUser } from '../account/account.store.ts';
import { addFact, readFact } from './installation.store.ts';

/** The first owner of the installation. */
export interface Owner {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly workspaceName: string;
}

/** Setting an installation up, once. */
export interface Setup {
  isDone(): Promise<boolean>;
  /** At start: makes the given owner, or the one-time token when the installation still waits for one. */
  prepare(owner: Pick<Owner, 'email' | 'password'> | undefined): Promise<{ readonly token?: string }>;
  run(token: string, owner: Owner, client: ClientFacts): Promise<SignedIn>;
}

/** What setting up needs. */
export interface SetupOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  /** Belongs to this installation alone: each of its servers prints it, and each of them takes it. */
  readonly setupToken: string;
}

// A mark of its own: losing every account must not invite the next visitor to become the owner.
const doneFact = 'setup-done';

/** Makes the first owner and the first workspace. Rejects when that happened before. */
export async function insertOwner(
  { clock, audit }: Pick<SetupOptions, 'clock' | 'audit'>,
  transaction: StoreTransaction,
  owner: Omit<Owner, 'password'> & { readonly passwordHash: string },
): Promise<string> {
  if ((await readFact(transaction, doneFact)) !== undefined) throw alreadyDone();
  const at = new Date(clock.now()).toISOString();
  const userId = createId('usr');
  const workspaceId = createId('wsp');
  const email = normaliseEmail(owner.email);
  // The mark comes first: of two that set up at once, the second waits here and is refused.
  await addFact(transaction, doneFact, at).catch((error: unknown) => {
    throw isUniqueViolation(error) ? alreadyDone() : error;
  });
  await insertAccount(transaction, {
    id: userId,
    email,
    name: owner.name,
    password_hash: owner.passwordHash,
    is_operator: true,
    is_active: true,
    created_at: at,
  });
  await insertWorkspace(transaction, {
    id: workspaceId,
    name: owner.workspaceName,
    slug: slugFromLabel(owner.workspaceName, 'workspace'),
    created_at: at,
  });
  await insertMember(transaction, { workspace_id: workspaceId, user_id: userId, role: 'owner', added_at: at });
  await audit.record({ actor: email, action: 'setup.run', workspaceId, target: userId }, transaction);
  return userId;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes the setup service. */
export function createSetup({ database, clock, audit, passwords, sessions, setupToken }: SetupOptions): Setup {
  let wasDone = false;
  // Strangers may ask as often as they like: once it is done, that costs nothing.
  const isDone = async (): Promise<boolean> => (wasDone ||= (await readFact(database.knex, doneFact)) !== undefined);
  const makeOwner = (transaction: StoreTransaction, owner: Owner, passwordHash: string): Promise<string> =>
    insertOwner({ clock, audit }, transaction, { ...owner, passwordHash });
  return {
    isDone,
    async prepare(owner) {
      if (await isDone()) return {};
      if (owner !== undefined) {
        const hash = await passwords.hash(owner.password);
        const full = { ...owner, name: owner.email.split('@')[0] ?? owner.email, workspaceName: 'Workspace' };
        await database
          .transaction((transaction) => makeOwner(transaction, full, hash))
          .catch(async (error: unknown) => {
            // Another process may have been first.
            if (!(await isDone())) throw error;
          });
        return {};
      }
      return { token: setupToken };
    },
    async run(token, owner, client) {
      if (await isDone()) throw alreadyDone();
      if (!timingSafeEqual(hashOf(setupToken), hashOf(token.trim()))) throw wrongToken();
      const passwordHash = await passwords.hash(owner.password);
      const { userId, tokens } = await database.transaction(async (transaction) => {
        const id = await makeOwner(transaction, owner, passwordHash);
        return { userId: id, tokens: await sessions.start(transaction, id, client) };
      });
      const user = await describeUser(database.knex, userId);
      if (user === undefined) throw alreadyDone();
      return { user, tokens };
    },
  };
}

function alreadyDone(): Error {
  return conflict({
    code: 'setup.done',
    message: 'This installation is already set up.',
    hint: 'Sign in, or ask the owner to add you.',
  });
}

function wrongToken(): Error {
  return notAllowed({
    code: 'setup.wrong-token',
    message: 'The setup token is wrong.',
    hint: 'Copy the token that the server printed when it started.',
  });
}
