import type { ComponentManifest, EventActionManifest } from '@fettle/sdk';
import { alertManifest } from './alert/manifest.ts';
import { approvalsManifest } from './approvals/manifest.ts';
import { areaChartManifest } from './area-chart/manifest.ts';
import { badgeManifest } from './badge/manifest.ts';
import { barChartManifest } from './bar-chart/manifest.ts';
import { buttonGroupManifest } from './button-group/manifest.ts';
import { buttonManifest } from './button/manifest.ts';
import { calendarManifest } from './calendar/manifest.ts';
import { cardManifest } from './card/manifest.ts';
import { checkboxInputManifest } from './checkbox/manifest.ts';
import { checklistManifest } from './checklist/manifest.ts';
import { dateInputManifest } from './date-input/manifest.ts';
import { dividerManifest } from './divider/manifest.ts';
import { drawerManifest } from './drawer/manifest.ts';
import { callComponentManifest } from './event-actions/call-component/manifest.ts';
import { closeModalManifest } from './event-actions/close-modal/manifest.ts';
import { copyManifest } from './event-actions/copy/manifest.ts';
import { createRowManifest } from './event-actions/create-row/manifest.ts';
import { deleteRowManifest } from './event-actions/delete-row/manifest.ts';
import { navigateManifest } from './event-actions/navigate/manifest.ts';
import { openLinkManifest } from './event-actions/open-link/manifest.ts';
import { openModalManifest } from './event-actions/open-modal/manifest.ts';
import { refreshManifest } from './event-actions/refresh/manifest.ts';
import { resetFormManifest } from './event-actions/reset-form/manifest.ts';
import { runQueryManifest } from './event-actions/run-query/manifest.ts';
import { setStateManifest } from './event-actions/set-state/manifest.ts';
import { showMessageManifest } from './event-actions/show-message/manifest.ts';
import { startFlowManifest } from './event-actions/start-flow/manifest.ts';
import { submitFormManifest } from './event-actions/submit-form/manifest.ts';
import { updateRowManifest } from './event-actions/update-row/manifest.ts';
import { fileInputManifest } from './file-input/manifest.ts';
import { filterBarManifest } from './filter-bar/manifest.ts';
import { formManifest } from './form/manifest.ts';
import { gridManifest } from './grid/manifest.ts';
import { headingManifest } from './heading/manifest.ts';
import { iconManifest } from './icon/manifest.ts';
import { iframeManifest } from './iframe/manifest.ts';
import { imageManifest } from './image/manifest.ts';
import { jsonInputManifest } from './json-input/manifest.ts';
import { jsonViewManifest } from './json-view/manifest.ts';
import { kanbanManifest } from './kanban/manifest.ts';
import { keyValueManifest } from './key-value/manifest.ts';
import { lineChartManifest } from './line-chart/manifest.ts';
import { linkManifest } from './link/manifest.ts';
import { labelSheetManifest } from './label-sheet/manifest.ts';
import { listManifest } from './list/manifest.ts';
import { markdownManifest } from './markdown/manifest.ts';
import { matrixManifest } from './matrix/manifest.ts';
import { menuButtonManifest } from './menu-button/manifest.ts';
import { modalManifest } from './modal/manifest.ts';
import { multiSelectInputManifest } from './multi-select/manifest.ts';
import { numberInputManifest } from './number-input/manifest.ts';
import { pieChartManifest } from './pie-chart/manifest.ts';
import { progressManifest } from './progress/manifest.ts';
import { qrCodeManifest } from './qr-code/manifest.ts';
import { radioGroupManifest } from './radio-group/manifest.ts';
import { relationInputManifest } from './relation-input/manifest.ts';
import { repeaterManifest } from './repeater/manifest.ts';
import { scannerManifest } from './scanner/manifest.ts';
import { searchInputManifest } from './search-input/manifest.ts';
import { selectInputManifest } from './select/manifest.ts';
import { stackManifest } from './stack/manifest.ts';
import { statManifest } from './stat/manifest.ts';
import { stepsManifest } from './steps/manifest.ts';
import { switchInputManifest } from './switch/manifest.ts';
import { tableManifest } from './table/manifest.ts';
import { tabsManifest } from './tabs/manifest.ts';
import { textInputManifest } from './text-input/manifest.ts';
import { textManifest } from './text/manifest.ts';
import { timelineManifest } from './timeline/manifest.ts';

// Data only: no React here, so that the server can read it too. One import and one line each, sorted by name.

/** Manifests of the built-in component types. */
export const componentManifests: readonly ComponentManifest[] = [
  alertManifest,
  approvalsManifest,
  areaChartManifest,
  badgeManifest,
  barChartManifest,
  buttonManifest,
  buttonGroupManifest,
  calendarManifest,
  cardManifest,
  checkboxInputManifest,
  checklistManifest,
  dateInputManifest,
  dividerManifest,
  drawerManifest,
  fileInputManifest,
  filterBarManifest,
  formManifest,
  gridManifest,
  headingManifest,
  iconManifest,
  iframeManifest,
  imageManifest,
  jsonInputManifest,
  jsonViewManifest,
  kanbanManifest,
  keyValueManifest,
  labelSheetManifest,
  lineChartManifest,
  linkManifest,
  listManifest,
  markdownManifest,
  matrixManifest,
  menuButtonManifest,
  modalManifest,
  multiSelectInputManifest,
  numberInputManifest,
  pieChartManifest,
  progressManifest,
  qrCodeManifest,
  radioGroupManifest,
  relationInputManifest,
  repeaterManifest,
  scannerManifest,
  searchInputManifest,
  selectInputManifest,
  stackManifest,
  statManifest,
  stepsManifest,
  switchInputManifest,
  tableManifest,
  tabsManifest,
  textManifest,
  textInputManifest,
  timelineManifest,
];

/** Manifests of the built-in event actions. */
export const eventActionManifests: readonly EventActionManifest[] = [
  callComponentManifest,
  closeModalManifest,
  copyManifest,
  createRowManifest,
  deleteRowManifest,
  navigateManifest,
  openLinkManifest,
  openModalManifest,
  refreshManifest,
  resetFormManifest,
  runQueryManifest,
  setStateManifest,
  showMessageManifest,
  startFlowManifest,
  submitFormManifest,
  updateRowManifest,
];
