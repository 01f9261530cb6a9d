import type { ReactNode } from 'react';
import type { EventAction } from '@fettle/definition';
import type { FieldProblem } from '../editors/form-place.ts';

/** What a list of actions needs. */
export interface ActionStackProps {
  readonly actions: readonly EventAction[];
  readonly onChange: (actions: readonly EventAction[]) => void;
  /** Problems by path below the list: `0/settings/query`. */
  readonly problems: ReadonlyMap<string, FieldProblem>;
  /** Path of the list below the events. */
  readonly path: string;
  readonly addLabel?: string;
}

/** Draws the list of a branch: handed down, because lists hold actions that hold lists. */
export type RenderActions = (props: ActionStackProps) => ReactNode;
