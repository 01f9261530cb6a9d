import { Type, type Static } from 'typebox';
import { defineRoute } from '../route.ts';
import { email, exact, id, instant, newPassword, title, workspaceRole } from '../schemas.ts';

const user = exact({
  id,
  email: Type.String(),
  name: Type.String(),
  isOperator: Type.Boolean(),
  workspaces: Type.Array(exact({ id, name: Type.String(), slug: Type.String(), role: workspaceRole })),
});

/** The signed-in person as the browser knows them. */
export type SessionUser = Static<typeof user>;

/** The API key that asks: what it is worth and where. */
const currentKey = exact({
  id,
  name: Type.String(),
  role: workspaceRole,
  workspace: exact({ id, name: Type.String(), slug: Type.String() }),
});

const credentials = { email, password: Type.String({ minLength: 1, maxLength: 200 }) };

/** Setting up, signing in and out, and one's own account. */
export const accountRoutes = {
  setupState: defineRoute({
    id: 'setup.state',
    method: 'GET',
    path: '/api/setup',
    summary: 'Whether this installation still waits for its owner.',
    access: { kind: 'public', why: 'The first page must know whether to show set-up or sign-in.' },
    response: exact({ isDone: Type.Boolean() }),
  }),
  setup: defineRoute({
    id: 'setup.run',
    method: 'POST',
    path: '/api/setup',
    summary: 'Makes the owner and the first workspace, with the one-time token from the log.',
    access: { kind: 'public', why: 'Nobody can be signed in yet; the one-time token is the proof.' },
    body: exact({
      token: Type.String({ minLength: 1, maxLength: 200 }),
      email,
      name: title,
      password: newPassword,
      workspaceName: title,
    }),
    response: exact({ user }),
  }),
  session: defineRoute({
    id: 'session.read',
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in, or null; for programs, the API key they call with.',
    access: { kind: 'public', why: 'Answers null to visitors; nothing else depends on it.' },
    response: exact({ user: Type.Union([user, Type.Null()]), apiKey: Type.Optional(currentKey) }),
  }),
  signIn: defineRoute({
    id: 'session.create',
    method: 'POST',
    path: '/api/session',
    summary: 'Signs in with e-mail and password; sets the session cookies.',
    access: { kind: 'public', why: 'This is how one signs in. Throttled.' },
    body: exact(credentials),
    response: exact({ user }),
  }),
  refresh: defineRoute({
    id: 'session.refresh',
    method: 'POST',
    path: '/api/session/refresh',
    summary: 'Trades the refresh cookie for new session cookies.',
    access: { kind: 'public', why: 'The access cookie has expired by then; the refresh cookie is the proof.' },
    response: exact({ user }),
  }),
  signOut: defineRoute({
    id: 'session.delete',
    method: 'DELETE',
    path: '/api/session',
    summary: 'Signs out here, or everywhere.',
    access: { kind: 'account' },
    query: exact({ everywhere: Type.Optional(Type.Boolean()) }),
  }),
  updateAccount: defineRoute({
    id: 'account.update',
    method: 'PATCH',
    path: '/api/account',
    summary: 'Changes one’s own name.',
    access: { kind: 'account' },
    body: exact({ name: title }),
    response: exact({ user }),
  }),
  changePassword: defineRoute({
    id: 'account.change-password',
    method: 'POST',
    path: '/api/account/password',
    summary: 'Changes one’s own password and ends all other sessions.',
    access: { kind: 'account' },
    body: exact({ current: Type.String({ minLength: 1, maxLength: 200 }), next: newPassword }),
  }),
  sessions: defineRoute({
    id: 'account.sessions',
    method: 'GET',
    path: '/api/account/sessions',
    summary: 'One’s own sessions.',
    access: { kind: 'account' },
    response: exact({
      sessions: Type.Array(
        exact({ id, isCurrent: Type.Boolean(), createdAt: instant, lastUsedAt: instant, userAgent: Type.String() }),
      ),
    }),
  }),
} as const;
