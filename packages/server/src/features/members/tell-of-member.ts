import type { Actor, WorkspaceRole } from '@fettle/access';
import type { StoreTransaction } from '../../database/database.ts';
import { hasChosen, type Happenings } from '../flows/triggers/happenings.ts';
import { causeOf, whoOf } from '../flows/triggers/who.ts';

/** What happened to a member of a workspace. */
export interface MemberEvent {
  readonly kind: 'invited' | 'first-sign-in' | 'role-changed' | 'removed';
  readonly workspaceId: string;
  readonly user: { readonly id: string; readonly email: string; readonly name: string };
  readonly role: WorkspaceRole | null;
  readonly before: WorkspaceRole | null;
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Tells flows of it, in the transaction in which it happens. */
export async function tellOfMember(
  happenings: Happenings,
  transaction: StoreTransaction,
  { kind, workspaceId, user, role, before, actor, now }: MemberEvent,
): Promise<void> {
  await happenings.tell(transaction, {
    type: 'core/user-event',
    workspaceId,
    trigger: { kind, user: { ...user }, role, before, at: new Date(now).toISOString(), by: whoOf(actor) },
    ...causeOf(actor),
    isMeant: ({ settings }) => hasChosen(settings['kinds'], kind),
  });
}
