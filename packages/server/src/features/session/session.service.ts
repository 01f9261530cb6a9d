import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { UserActor } from '@fettle/access';
import { createId, notAuthenticated, type AppError, type Clock } from '@fettle/base';
import type { SessionUser } from '@fettle/contract';
import { createExpiringCache } from '../../caching/expiring-cache.ts';
import type { Changes } from '../../changes/changes.ts';
import type { Database, StoreAccess, StoreTransaction } from '../../database/database.ts';
import {
  describeUser,
  findAccount,
  normaliseEmail,
  updateAccount,
  type AccountRow,
  noteSignIn,
} from '../account/account.store.ts';
import type { Happenings } from '../flows/triggers/happenings.ts';
import { tellOfMember } from '../members/tell-of-member.ts';
import type { Audit, AuditEntry } from '../audit/audit.service.ts';
import type { Passwords } from './passwords.ts';
import type { IssuedTokens } from './session-cookies.ts';
import type { SessionTokens } from './session-token.ts';
import * as store from './session.store.ts';
import type { SignInThrottle } from './throttle.ts';

/** What is noted about the browser behind a session. */
export interface ClientFacts {
  readonly address: string;
  readonly userAgent: string;
}

/** Signing in and out, and knowing who is signed in. */
export interface Sessions {
  signIn(credentials: { readonly email: string; readonly password: string }, client: ClientFacts): Promise<SignedIn>;
  /** Starts a session for somebody who has proven who they are. */
  start(knex: StoreAccess, userId: string, client: ClientFacts): Promise<IssuedTokens>;
  /** Trades a refresh token for new tokens. A token that was traded before ends its session. */
  refresh(token: string): Promise<SignedIn>;
  /** Who holds a refresh token, without trading it. */
  userOfRefreshToken(token: string): Promise<SessionUser | undefined>;
  /** The person of a session that holds, or undefined. Held for a moment. */
  actorOf(sessionId: string): UserActor | undefined | Promise<UserActor | undefined>;
  end(sessionId: string): Promise<void>;
  endAllOf(userId: string, options: { readonly exceptId?: string; readonly knex?: StoreAccess }): Promise<void>;
  /** Rights of a person changed: they hold from the next request on. */
  forget(userId: string): void;
}

/** A person with the tokens of their session. */
export interface SignedIn {
  readonly user: SessionUser;
  readonly tokens: IssuedTokens;
}

/** What sessions are made of. */
export interface SessionsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly happenings: Happenings;
  readonly changes: Changes;
  readonly passwords: Passwords;
  readonly tokens: SessionTokens;
  readonly throttle: SignInThrottle;
  /** Addresses are kept as keyed hashes: enough to recognise one, not to list them. */
  readonly addressKey: Buffer;
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** How long the token before the current one is accepted: two tabs may refresh at the same moment. */
const graceMs = 30_000;
/** A process that does not hear of a revoked session learns of it within a second. */
const cacheMs = 800;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes the session service. */
export function createSessions(options: SessionsOptions): Sessions {
  const { changes, database, clock, tokens } = options;
  const actors = createExpiringCache<UserActor | undefined>({ clock, maxAgeMs: cacheMs, maxEntries: 20_000 });
  changes.on('session', (sessionId) => actors.forget(sessionId));
  changes.on('user', (userId) => actors.forgetWhere((actor) => actor === undefined || actor.id === userId));
  const instant = (offsetMs = 0): string => new Date(clock.now() + offsetMs).toISOString();
  const isAlive = (row: store.SessionRow): boolean =>
    row.revoked_at === null && row.expires_at > instant() && row.last_used_at > instant(-options.idleMs);

  const issue = (
    row: { readonly id: string; readonly user_id: string; readonly expires_at: string },
    secret?: string,
  ): IssuedTokens => {
    const untilEnd = Date.parse(row.expires_at) - clock.now();
    return {
      access: tokens.sign({ userId: row.user_id, sessionId: row.id }),
      ...(secret === undefined ? {} : { refresh: `${row.id}.${secret}` }),
      refreshSeconds: Math.max(0, Math.floor(Math.min(untilEnd, options.idleMs) / 1000)),
    };
  };

  const start: Sessions['start'] = async (knex, userId, client) => {
    const secret = randomBytes(32).toString('base64url');
    const row: store.SessionRow = {
      id: createId('ses', 26),
      user_id: userId,
      refresh_hash: hashOf(secret),
      previous_hash: null,
      rotated_at: instant(),
      created_at: instant(),
      last_used_at: instant(),
      expires_at: instant(options.absoluteMs),
      revoked_at: null,
      user_agent: client.userAgent.slice(0, 300),
      address_hash: hashAddress(options.addressKey, client.address),
    };
    await store.insertSession(knex, row);
    return issue(row, secret);
  };

  const loadActor = async (sessionId: string): Promise<UserActor | undefined> => {
    const row = await store.findSession(database.knex, sessionId);
    if (row === undefined || !isAlive(row)) return undefined;
    const user = await describeUser(database.knex, row.user_id);
    return user === undefined ? undefined : toActor(user);
  };

  const knownUser = async (userId: string): Promise<SessionUser> => {
    const user = await describeUser(database.knex, userId);
    if (user === undefined) throw ended();
    return user;
  };

  return {
    start,
    signIn: (credentials, client) => signIn({ ...options, start, knownUser }, credentials, client),
    async refresh(token) {
      const parsed = parseRefreshToken(token);
      if (parsed === undefined) throw ended();
      const result = await database.transaction((transaction) =>
        rotate({ ...options, isAlive, instant, issue }, transaction, parsed),
      );
      if (result === undefined) changes.tell('session', parsed.sessionId);
      if (result === undefined) throw ended();
      return { user: await knownUser(result.userId), tokens: result.tokens };
    },
    async userOfRefreshToken(token) {
      const parsed = parseRefreshToken(token);
      const row = parsed === undefined ? undefined : await store.findSession(database.knex, parsed.sessionId);
      if (
        parsed === undefined ||
        row === undefined ||
        !isAlive(row) ||
        !equals(row.refresh_hash, hashOf(parsed.secret))
      )
        return undefined;
      return describeUser(database.knex, row.user_id);
    },
    actorOf: (sessionId) => actors.peek(sessionId) ?? actors.get(sessionId, () => loadActor(sessionId)),
    async end(sessionId) {
      await store.revokeSession(database.knex, sessionId, instant());
      changes.tell('session', sessionId);
    },
    async endAllOf(userId, { exceptId, knex = database.knex }) {
      await store.revokeSessionsOf(knex, userId, instant(), exceptId);
      changes.tell('user', userId);
    },
    forget: (userId) => changes.tell('user', userId),
  };
}

async function signIn(
  options: SessionsOptions & {
    readonly start: Sessions['start'];
    readonly knownUser: (id: string) => Promise<SessionUser>;
  },
  credentials: { readonly email: string; readonly password: string },
  client: ClientFacts,
): Promise<SignedIn> {
  const { database, throttle, passwords } = options;
  const attempt = { email: normaliseEmail(credentials.email), address: client.address };
  const account = await findAccount(database.knex, { email: attempt.email });
  const addressHash = hashAddress(options.addressKey, client.address);
  // Looked up for unknown accounts as well, so that both take as long.
  const isKnownAddress = await store.isKnownAddress(database.knex, account?.id ?? 'nobody', addressHash);
  throttle.assertMayTry({ ...attempt, isKnownAddress });
  const { isRight, needsRehash } = await passwords.verify(credentials.password, account?.password_hash);
  if (!isRight || account === undefined || !account.is_active) {
    throttle.noteFailure(attempt);
    noteFailedSignIn(options, account, attempt);
    throw notAuthenticated({
      code: 'session.wrong-credentials',
      message: 'The e-mail address or the password is wrong.',
      hint: 'Check both. An admin of your workspace can tell you which address you were added with.',
    });
  }
  throttle.noteSuccess(attempt);
  if (needsRehash)
    await updateAccount(database.knex, account.id, { password_hash: await passwords.hash(credentials.password) });
  const tokens = await database.transaction(async (transaction) => {
    await tellOfFirst(options, transaction, account.id);
    return options.start(transaction, account.id, client);
  });
  for (const entry of await signInEntries(options, account, attempt)) await options.audit.record(entry);
  return { user: await options.knownUser(account.id), tokens };
}

/** Flows of the workspaces of somebody who is here for the first time may want to know. */
async function tellOfFirst(
  { clock, happenings }: SessionsOptions,
  transaction: StoreTransaction,
  userId: string,
): Promise<void> {
  const now = clock.now();
  if (!(await noteSignIn(transaction, userId, new Date(now).toISOString()))) return;
  const user = await describeUser(transaction, userId);
  for (const { id, role } of user?.workspaces ?? []) {
    if (user === undefined) return;
    const facts = {
      kind: 'first-sign-in',
      workspaceId: id,
      user: { id: user.id, email: user.email, name: user.name },
      role,
      before: null,
    } as const;
    await tellOfMember(happenings, transaction, { ...facts, actor: toActor(user), now });
  }
}

interface Attempt {
  readonly email: string;
  readonly address: string;
}

/** One entry in each workspace of the person: their admins answer for its members. */
async function signInEntries(
  { database }: SessionsOptions,
  account: AccountRow | undefined,
  attempt: Attempt,
): Promise<AuditEntry[]> {
  const user = account === undefined ? undefined : await describeUser(database.knex, account.id);
  const entry = {
    actor: attempt.email,
    action: 'session.create',
    target: account?.id ?? 'unknown account',
    details: { address: attempt.address },
  };
  const workspaceIds =
    user === undefined || user.workspaces.length === 0 ? [null] : user.workspaces.map(({ id }) => id);
  return workspaceIds.map((workspaceId) => ({ ...entry, workspaceId }));
}

/** After the answer, not before it: what is noted of known accounts must not make their answers slower. */
function noteFailedSignIn(options: SessionsOptions, account: AccountRow | undefined, attempt: Attempt): void {
  setImmediate(() => {
    signInEntries(options, account, attempt).then(
      (entries) => entries.forEach((entry) => options.audit.recordDenial(entry)),
      () =>
        options.audit.recordDenial({
          actor: attempt.email,
          action: 'session.create',
          workspaceId: null,
          target: 'unknown account',
        }),
    );
  });
}

interface RotateOptions extends SessionsOptions {
  readonly isAlive: (row: store.SessionRow) => boolean;
  readonly instant: (offsetMs?: number) => string;
  readonly issue: (row: store.SessionRow, secret?: string) => IssuedTokens;
}

async function rotate(
  options: RotateOptions,
  transaction: StoreTransaction,
  { sessionId, secret }: RefreshToken,
): Promise<{ readonly userId: string; readonly tokens: IssuedTokens } | undefined> {
  const { instant, issue, audit } = options;
  const row = await store.lockSession(transaction, sessionId);
  if (row === undefined || !options.isAlive(row)) return undefined;
  const hash = hashOf(secret);
  if (equals(row.refresh_hash, hash)) {
    const next = randomBytes(32).toString('base64url');
    const at = instant();
    await store.rotateSession(transaction, row.id, {
      refresh_hash: hashOf(next),
      previous_hash: hash,
      rotated_at: at,
      last_used_at: at,
    });
    return { userId: row.user_id, tokens: issue(row, next) };
  }
  const isSecondTab =
    row.previous_hash !== null && equals(row.previous_hash, hash) && row.rotated_at > instant(-graceMs);
  // The other tab was given the next token a moment ago and shares its cookies: no second successor.
  if (isSecondTab) return { userId: row.user_id, tokens: issue(row) };
  await store.revokeSession(transaction, row.id, instant());
  await audit.record(
    {
      actor: `session ${row.id}`,
      action: 'session.reuse-detected',
      workspaceId: null,
      target: row.user_id,
      outcome: 'denied',
    },
    transaction,
  );
  return undefined;
}

interface RefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

function parseRefreshToken(token: string): RefreshToken | undefined {
  const match = /^(ses_[a-z0-9]{26})\.([A-Za-z0-9_-]{43})$/.exec(token);
  return match === null ? undefined : { sessionId: match[1] as string, secret: match[2] as string };
}

function equals(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function hashAddress(key: Buffer, address: string): string {
  return createHmac('sha256', key).update(address).digest('hex');
}

function toActor({ id, email, name, isOperator, workspaces }: SessionUser): UserActor {
  return {
    kind: 'user',
    id,
    email,
    name,
    isOperator,
    workspaces: Object.fromEntries(workspaces.map((one) => [one.id, one.role])),
  };
}

function ended(): AppError {
  return notAuthenticated({ code: 'session.ended', message: 'Your session has ended.', hint: 'Sign in again.' });
}
