import type { ComponentExtension, EventActionExtension } from '@fettle/sdk/react';
import { alertExtension } from './alert/index.ts';
import { badgeExtension } from './badge/index.ts';
import { buttonGroupExtension } from './button-group/index.ts';
import { buttonExtension } from './button/index.ts';
import { cardExtension } from './card/index.ts';
import { dividerExtension } from './divider/index.ts';
import { drawerExtension } from './drawer/index.ts';
import { gridExtension } from './grid/index.ts';
import { headingExtension } from './heading/index.ts';
import { iconExtension } from './icon/index.ts';
import { imageExtension } from './image/index.ts';
import { linkExtension } from './link/index.ts';
import { markdownExtension } from './markdown/index.ts';
import { menuButtonExtension } from './menu-button/index.ts';
import { modalExtension } from './modal/index.ts';
import { progressExtension } from './progress/index.ts';
import { repeaterExtension } from './repeater/index.ts';
import { stackExtension } from './stack/index.ts';
import { statExtension } from './stat/index.ts';
import { tabsExtension } from './tabs/index.ts';
import { textExtension } from './text/index.ts';

// One import and one line per extension, sorted by name. Every implementation loads as its own chunk.

/** The built-in component types with their code. */
export const components: readonly ComponentExtension[] = [
  alertExtension,
  badgeExtension,
  buttonExtension,
  buttonGroupExtension,
  cardExtension,
  dividerExtension,
  drawerExtension,
  gridExtension,
  headingExtension,
  iconExtension,
  imageExtension,
  linkExtension,
  markdownExtension,
  menuButtonExtension,
  modalExtension,
  progressExtension,
  repeaterExtension,
  stackExtension,
  statExtension,
  tabsExtension,
  textExtension,
];

/** The built-in event actions with their code. */
export const eventActions: readonly EventActionExtension[] = [
];
