/** The parts of the inspector. */
export type InspectorTab = 'settings' | 'events' | 'layout' | 'access';

/** A place in the inspector. */
export interface FocusPlace {
  readonly tab: InspectorTab;
  /** Path below the settings or the events. */
  readonly path: string;
}

/** Where in the inspector a path of a problem stands: `…/settings/columns/0/label`, or the path below the settings alone. */
export function focusPlace(focus: string): FocusPlace {
  const path = focus.replace(/^\/?screens\/[^/]+\/(components\/[^/]+\/)?/, '').replace(/^\//, '');
  const [first, ...rest] = path.split('/');
  const inner = rest.join('/');
  switch (first) {
    case 'settings':
      return { tab: 'settings', path: inner };
    case 'events':
      return { tab: 'events', path: inner };
    case 'layout':
    case 'visible':
      return { tab: 'layout', path };
    case 'access':
      return { tab: 'access', path };
    default:
      return { tab: 'settings', path };
  }
}
