import type { AppAccess } from '@fettle/definition';
import { builtInRoles } from '@fettle/access';
import { normaliseEmail } from '../account/account.store.ts';

/** Somebody who may answer an approval: a member by id, an e-mail address, or everybody with a role of the app. */
export interface Approver {
  readonly kind: 'user' | 'email' | 'role';
  readonly value: string;
  /** As people read it. */
  readonly label: string;
}

/** Reads who is asked, as steps write it. What means nobody is told apart: a step must not wait for a typing error unseen. */
export function parseApprovers(
  texts: readonly string[],
  access: Pick<AppAccess, 'roles'> | undefined,
): { readonly approvers: readonly Approver[]; readonly unknown: readonly string[] } {
  const approvers = new Map<string, Approver>();
  const unknown: string[] = [];
  for (const given of texts) {
    const text = given.trim();
    if (text === '') continue;
    const approver = parseApprover(text, access);
    if (approver === undefined) unknown.push(text);
    else approvers.set(`${approver.kind} ${approver.value}`, approver);
  }
  return { approvers: [...approvers.values()], unknown };
}

function parseApprover(text: string, access: Pick<AppAccess, 'roles'> | undefined): Approver | undefined {
  if (text.includes('@')) {
    const value = normaliseEmail(text);
    return /^[^\s@]+@[^\s@]+$/.test(value) && value.length <= 254 ? { kind: 'email', value, label: value } : undefined;
  }
  if (/^usr_[a-z0-9]+$/.test(text)) return { kind: 'user', value: text, label: text };
  const roles = [...builtInRoles, ...(access?.roles ?? [])];
  const name = text.toLowerCase();
  const role = roles.find(({ id }) => id === text) ?? roles.find((known) => known.name.toLowerCase() === name);
  // Everybody has the role `public`, also who is not signed in: it names nobody.
  return role === undefined || role.id === 'public'
    ? undefined
    : { kind: 'role', value: role.id, label: `role ${role.name}` };
}
