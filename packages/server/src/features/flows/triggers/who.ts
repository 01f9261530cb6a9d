import type { Actor } from '@fettle/access';
import type { StartOrder } from './start-orders.ts';

/** Who did it, as steps read it. */
export function whoOf(actor: Actor): Readonly<Record<string, string>> {
  switch (actor.kind) {
    case 'user':
      return { kind: 'user', id: actor.id, name: actor.name, email: actor.email };
    case 'api-key':
      return { kind: 'api-key', id: actor.id, name: actor.name };
    case 'flow':
      return { kind: 'flow', id: actor.flowId, name: actor.name };
    case 'visitor':
    case 'system':
      return { kind: actor.kind };
  }
}

/** For whom a flow runs that somebody's doing starts, and how many flows started one another before. */
export function causeOf(actor: Actor): Pick<StartOrder, 'user' | 'depth'> {
  return {
    user: actor.kind === 'user' ? { id: actor.id, email: actor.email, name: actor.name } : null,
    depth: actor.kind === 'flow' ? actor.depth + 1 : 0,
  };
}
