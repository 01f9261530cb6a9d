import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunsFilter } from './flows/runs/runs-filter.ts';

/** Width of the canvas. */
export type Breakpoint = 'phone' | 'tablet' | 'desktop';

/** Panels of the left rail. */
export type LeftPanel = 'tree' | 'flows' | 'add' | 'state' | 'theme' | 'access' | 'problems' | 'none';

/** What is merely on screen. */
export interface ViewState {
  /** Id of the screen on the canvas. */
  readonly screen: string;
  /** Values of the screen's route parameters on the canvas, e.g. after following a link to a record there. */
  readonly params: Readonly<Record<string, string>>;
  /** Id of the flow in the middle instead of the screen. */
  readonly flow: string | undefined;
  /** Id of the run of that flow whose course is shown. */
  readonly run: string | undefined;
  /** Id of the run that it is compared with. */
  readonly compared: string | undefined;
  /** Which runs are listed. */
  readonly runsFilter: RunsFilter;
  readonly isRunsOpen: boolean;
  /** The tests of that flow stand below it, instead of its runs. */
  readonly isTestsOpen: boolean;
  /** Id of the test that is shown; undefined: the first one. */
  readonly test: string | undefined;
  /** What is selected in that flow, the first selected first: ids of steps, `trigger`, or the place in an empty list. */
  readonly steps: readonly string[];
  /** Ids of the selected components of that screen, the first selected first. */
  readonly selection: readonly string[];
  readonly hovered: string | undefined;
  readonly breakpoint: Breakpoint;
  /** 1 is real size; `fit` scales the canvas to the space. */
  readonly zoom: number | 'fit';
  /** The role the canvas shows the app as; undefined: everything. */
  readonly role: string | undefined;
  /** Using the app on the canvas instead of selecting. */
  readonly isInteracting: boolean;
  readonly left: LeftPanel;
  /** Query open in the dock. */
  readonly query: string | undefined;
  readonly isDockOpen: boolean;
  /** Setting to bring into view in the inspector (a path such as `columns/0/label`): set by the problems panel. */
  readonly focus: string | undefined;
}

/** The store of the view, with the few transitions that are more than setting a value. */
export interface DesignView extends StoreApi<ViewState> {
  readonly select: (ids: readonly string[]) => void;
  /** Adds to or takes from the selection. */
  readonly toggle: (id: string) => void;
  readonly openScreen: (screen: string, params?: Readonly<Record<string, string>>) => void;
  readonly openQuery: (query: string) => void;
  /** Shows a flow, or with undefined the screen again. */
  readonly openFlow: (flow: string | undefined) => void;
  /** Shows the tests of the flow, one of them when it is named. */
  readonly openTests: (test?: string) => void;
  readonly closeTests: () => void;
  readonly selectSteps: (ids: readonly string[]) => void;
  /** Shows the place of a problem. */
  readonly reveal: (place: {
    readonly screen?: string;
    readonly component?: string;
    readonly query?: string;
    readonly flow?: string;
    readonly step?: string;
    readonly flowTest?: string;
    readonly path: string;
  }) => void;
}

/** A view onto an app, starting at one screen, with a panel beside it. */
export function createDesignView(screen: string, left: LeftPanel = 'tree'): DesignView {
  const store = createStore<ViewState>(() => ({
    screen,
    params: {},
    flow: undefined,
    run: undefined,
    compared: undefined,
    runsFilter: {},
    isRunsOpen: false,
    isTestsOpen: false,
    test: undefined,
    steps: [],
    selection: [],
    hovered: undefined,
    breakpoint: 'desktop',
    zoom: 'fit',
    role: undefined,
    isInteracting: false,
    left,
    query: undefined,
    isDockOpen: false,
    focus: undefined,
  }));
  const select = (selection: readonly string[]): void => store.setState({ selection, focus: undefined });
  return {
    ...store,
    select,
    toggle: (id) => {
      const { selection } = store.getState();
      select(selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]);
    },
    openScreen: (next, params = {}) =>
      store.setState({
        screen: next,
        params,
        selection: [],
        hovered: undefined,
        focus: undefined,
        flow: undefined,
        steps: [],
      }),
    openFlow: (flow) => store.setState({ flow, run: undefined, compared: undefined, steps: [], focus: undefined }),
    openTests: (test) =>
      store.setState({
        isTestsOpen: true,
        isRunsOpen: false,
        run: undefined,
        compared: undefined,
        ...(test === undefined ? {} : { test }),
      }),
    closeTests: () => store.setState({ isTestsOpen: false }),
    selectSteps: (steps) => store.setState({ steps, focus: undefined }),
    openQuery: (query) => store.setState({ query, isDockOpen: true }),
    reveal: (place) => {
      if (place.query !== undefined) store.setState({ query: place.query, isDockOpen: true });
      if (place.flow !== undefined) {
        const inTrigger = /^\/flows\/[^/]+\/trigger/.test(place.path);
        store.setState({
          flow: place.flow,
          steps: place.step !== undefined ? [place.step] : inTrigger ? ['trigger'] : [],
          focus: stepPath(place.path),
          ...(place.flowTest === undefined
            ? {}
            : { isTestsOpen: true, isRunsOpen: false, run: undefined, test: place.flowTest }),
        });
      }
      if (place.screen !== undefined) {
        const isThere = store.getState().screen === place.screen;
        store.setState({
          flow: undefined,
          steps: [],
          screen: place.screen,
          selection: place.component === undefined ? [] : [place.component],
          focus: place.path.replace(/^\/?(settings\/)?/, ''),
          ...(isThere ? {} : { hovered: undefined, params: {} }),
        });
      }
    },
  };
}

/** What is left of a problem's path behind the step or the trigger it belongs to: `settings/message`. */
export function stepPath(path: string): string {
  return path
    .replace(/^\/flows\/[^/]+\/(trigger\/?)?/, '')
    .replace(/^(.*\/)?(steps|catch|finally|otherwise)\/\d+(\/|$)/, '')
    .replace(/^settings\//, '');
}
