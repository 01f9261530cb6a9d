import type { Static } from 'typebox';
import { accessUpdate } from './commands/access-update.ts';
import { appUpdate } from './commands/app-update.ts';
import { componentAccessSet } from './commands/component-access-set.ts';
import { componentAdd } from './commands/component-add.ts';
import { componentDuplicate } from './commands/component-duplicate.ts';
import { componentMove } from './commands/component-move.ts';
import { componentRemove } from './commands/component-remove.ts';
import { componentRename } from './commands/component-rename.ts';
import { eventsSet } from './commands/events-set.ts';
import { flowAdd } from './commands/flow-add.ts';
import { flowRemove } from './commands/flow-remove.ts';
import { flowRename } from './commands/flow-rename.ts';
import { flowTestAdd } from './commands/flow-test-add.ts';
import { flowTestRemove } from './commands/flow-test-remove.ts';
import { flowTestRename } from './commands/flow-test-rename.ts';
import { flowTestUpdate } from './commands/flow-test-update.ts';
import { flowUpdate } from './commands/flow-update.ts';
import { layoutSet } from './commands/layout-set.ts';
import { navigationSet } from './commands/navigation-set.ts';
import { patchApply } from './commands/patch-apply.ts';
import { queryAdd } from './commands/query-add.ts';
import { queryRemove } from './commands/query-remove.ts';
import { queryRename } from './commands/query-rename.ts';
import { queryUpdate } from './commands/query-update.ts';
import { roleAdd } from './commands/role-add.ts';
import { roleRemove } from './commands/role-remove.ts';
import { roleRename } from './commands/role-rename.ts';
import { roleUpdate } from './commands/role-update.ts';
import { screenAdd } from './commands/screen-add.ts';
import { screenDuplicate } from './commands/screen-duplicate.ts';
import { screenRemove } from './commands/screen-remove.ts';
import { screenRename } from './commands/screen-rename.ts';
import { screenUpdate } from './commands/screen-update.ts';
import { settingSet } from './commands/setting-set.ts';
import { settingUnset } from './commands/setting-unset.ts';
import { stateSet } from './commands/state-set.ts';
import { stepAdd } from './commands/step-add.ts';
import { stepMove } from './commands/step-move.ts';
import { stepRemove } from './commands/step-remove.ts';
import { stepRename } from './commands/step-rename.ts';
import { stepUpdate } from './commands/step-update.ts';
import { themeSet } from './commands/theme-set.ts';
import { visibleSet } from './commands/visible-set.ts';
import type { CommandDefinition } from './define-command.ts';

/** Every command but `batch`, which consists of these. */
export const commands = {
  'component.add': componentAdd,
  'component.move': componentMove,
  'component.duplicate': componentDuplicate,
  'component.remove': componentRemove,
  'component.rename': componentRename,
  'setting.set': settingSet,
  'setting.unset': settingUnset,
  'layout.set': layoutSet,
  'events.set': eventsSet,
  'visible.set': visibleSet,
  'componentAccess.set': componentAccessSet,
  'screen.add': screenAdd,
  'screen.remove': screenRemove,
  'screen.rename': screenRename,
  'screen.update': screenUpdate,
  'screen.duplicate': screenDuplicate,
  'query.add': queryAdd,
  'query.remove': queryRemove,
  'query.rename': queryRename,
  'query.update': queryUpdate,
  'flow.add': flowAdd,
  'flow.remove': flowRemove,
  'flow.rename': flowRename,
  'flow.update': flowUpdate,
  'flowTest.add': flowTestAdd,
  'flowTest.remove': flowTestRemove,
  'flowTest.rename': flowTestRename,
  'flowTest.update': flowTestUpdate,
  'step.add': stepAdd,
  'step.move': stepMove,
  'step.remove': stepRemove,
  'step.rename': stepRename,
  'step.update': stepUpdate,
  'state.set': stateSet,
  'theme.set': themeSet,
  'navigation.set': navigationSet,
  'app.update': appUpdate,
  'access.update': accessUpdate,
  'role.add': roleAdd,
  'role.rename': roleRename,
  'role.update': roleUpdate,
  'role.remove': roleRemove,
  'patch.apply': patchApply,
} as const;

/** The type of a single command. */
export type SingleCommandType = keyof typeof commands;
/** A command that is not a batch. */
export type SingleCommand = { [T in SingleCommandType]: Static<(typeof commands)[T]['schema']> }[SingleCommandType];

/** Several commands as one step: all or none, one undo. */
export interface BatchCommand {
  readonly type: 'batch';
  /** What the undo list calls it. */
  readonly title?: string;
  readonly commands: readonly SingleCommand[];
}

/** Any edit of an app, as plain JSON. */
export type Command = SingleCommand | BatchCommand;

/** The definition of a command, freed of its exact type. Callers have checked that command and definition belong together. */
export function definitionOf(command: SingleCommand): CommandDefinition {
  return commands[command.type] as unknown as CommandDefinition;
}

/** The single commands a command consists of. */
export function singlesOf(command: Command): readonly SingleCommand[] {
  return command.type === 'batch' ? command.commands : [command];
}
