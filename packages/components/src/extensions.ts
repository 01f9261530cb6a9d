import type { ComponentExtension, EventActionExtension } from '@fettle/sdk/react';
import { alertExtension } from './alert/index.ts';
import { approvalsExtension } from './approvals/index.ts';
import { areaChartExtension } from './area-chart/index.ts';
import { badgeExtension } from './badge/index.ts';
import { barChartExtension } from './bar-chart/index.ts';
import { buttonGroupExtension } from './button-group/index.ts';
import { buttonExtension } from './button/index.ts';
import { calendarExtension } from './calendar/index.ts';
import { cardExtension } from './card/index.ts';
import { checkboxInputExtension } from './checkbox/index.ts';
import { checklistExtension } from './checklist/index.ts';
import { dateInputExtension } from './date-input/index.ts';
import { dividerExtension } from './divider/index.ts';
import { drawerExtension } from './drawer/index.ts';
import { callComponentAction } from './event-actions/call-component/action.ts';
import { closeModalAction } from './event-actions/close-modal/action.ts';
import { copyAction } from './event-actions/copy/action.ts';
import { createRowAction } from './event-actions/create-row/action.ts';
import { deleteRowAction } from './event-actions/delete-row/action.ts';
import { navigateAction } from './event-actions/navigate/action.ts';
import { openLinkAction } from './event-actions/open-link/action.ts';
import { openModalAction } from './event-actions/open-modal/action.ts';
import { refreshAction } from './event-actions/refresh/action.ts';
import { resetFormAction } from './event-actions/reset-form/action.ts';
import { runQueryAction } from './event-actions/run-query/action.ts';
import { setStateAction } from './event-actions/set-state/action.ts';
import { showMessageAction } from './event-actions/show-message/action.ts';
import { startFlowAction } from './event-actions/start-flow/action.ts';
import { submitFormAction } from './event-actions/submit-form/action.ts';
import { updateRowAction } from './event-actions/update-row/action.ts';
import { fileInputExtension } from './file-input/index.ts';
import { filterBarExtension } from './filter-bar/index.ts';
import { formExtension } from './form/index.ts';
import { gridExtension } from './grid/index.ts';
import { headingExtension } from './heading/index.ts';
import { iconExtension } from './icon/index.ts';
import { iframeExtension } from './iframe/index.ts';
import { imageExtension } from './image/index.ts';
import { jsonInputExtension } from './json-input/index.ts';
import { jsonViewExtension } from './json-view/index.ts';
import { kanbanExtension } from './kanban/index.ts';
import { keyValueExtension } from './key-value/index.ts';
import { lineChartExtension } from './line-chart/index.ts';
import { linkExtension } from './link/index.ts';
import { labelSheetExtension } from './label-sheet/index.ts';
import { listExtension } from './list/index.ts';
import { markdownExtension } from './markdown/index.ts';
import { matrixExtension } from './matrix/index.ts';
import { menuButtonExtension } from './menu-button/index.ts';
import { modalExtension } from './modal/index.ts';
import { multiSelectInputExtension } from './multi-select/index.ts';
import { numberInputExtension } from './number-input/index.ts';
import { pieChartExtension } from './pie-chart/index.ts';
import { progressExtension } from './progress/index.ts';
import { qrCodeExtension } from './qr-code/index.ts';
import { radioGroupExtension } from './radio-group/index.ts';
import { relationInputExtension } from './relation-input/index.ts';
import { repeaterExtension } from './repeater/index.ts';
import { scannerExtension } from './scanner/index.ts';
import { searchInputExtension } from './search-input/index.ts';
import { selectInputExtension } from './select/index.ts';
import { stackExtension } from './stack/index.ts';
import { statExtension } from './stat/index.ts';
import { stepsExtension } from './steps/index.ts';
import { switchInputExtension } from './switch/index.ts';
import { tableExtension } from './table/index.ts';
import { tabsExtension } from './tabs/index.ts';
import { textInputExtension } from './text-input/index.ts';
import { textExtension } from './text/index.ts';
import { timelineExtension } from './timeline/index.ts';

// One import and one line per extension, sorted by name. Every implementation loads as its own chunk.

/** The built-in component types with their code. */
export const components: readonly ComponentExtension[] = [
  alertExtension,
  approvalsExtension,
  areaChartExtension,
  badgeExtension,
  barChartExtension,
  buttonExtension,
  buttonGroupExtension,
  calendarExtension,
  cardExtension,
  checkboxInputExtension,
  checklistExtension,
  dateInputExtension,
  dividerExtension,
  drawerExtension,
  fileInputExtension,
  filterBarExtension,
  formExtension,
  gridExtension,
  headingExtension,
  iconExtension,
  iframeExtension,
  imageExtension,
  jsonInputExtension,
  jsonViewExtension,
  kanbanExtension,
  keyValueExtension,
  labelSheetExtension,
  lineChartExtension,
  linkExtension,
  listExtension,
  markdownExtension,
  matrixExtension,
  menuButtonExtension,
  modalExtension,
  multiSelectInputExtension,
  numberInputExtension,
  pieChartExtension,
  progressExtension,
  qrCodeExtension,
  radioGroupExtension,
  relationInputExtension,
  repeaterExtension,
  scannerExtension,
  searchInputExtension,
  selectInputExtension,
  stackExtension,
  statExtension,
  stepsExtension,
  switchInputExtension,
  tableExtension,
  tabsExtension,
  textExtension,
  textInputExtension,
  timelineExtension,
];

/** The built-in event actions with their code. */
export const eventActions: readonly EventActionExtension[] = [
  callComponentAction,
  closeModalAction,
  copyAction,
  createRowAction,
  deleteRowAction,
  navigateAction,
  openLinkAction,
  openModalAction,
  refreshAction,
  resetFormAction,
  runQueryAction,
  setStateAction,
  showMessageAction,
  startFlowAction,
  submitFormAction,
  updateRowAction,
];
