import { createContext, useContext } from 'react';
import { bug } from '@fettle/base';
import { isAtLeast, type WorkspaceRole } from '@fettle/access';

/** The workspace of the page. */
export interface CurrentWorkspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: WorkspaceRole;
}

const WorkspaceContext = createContext<CurrentWorkspace | undefined>(undefined);

/** Gives the workspace to everything below. */
export const WorkspaceProvider = WorkspaceContext.Provider;

/** The workspace of the page. */
export function useWorkspace(): CurrentWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) throw bug('useWorkspace was called outside a workspace page.');
  return workspace;
}

/** True when the person's role in the workspace is `least` or stronger: for what to show, never for what to allow. */
export function useIsAtLeast(least: WorkspaceRole): boolean {
  return isAtLeast(useWorkspace().role, least);
}
