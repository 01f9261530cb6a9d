import type { Decorators } from '@fettle/runtime';
import type { Design } from '../design-context.ts';
import { slotAttribute } from './geometry/measure-slots.ts';
import styles from './decorators.module.css';

/**
 * Marks where slots are, for measuring. An empty slot is a hole to drop into: always visible in a component that holds
 * nothing at all, otherwise only while something is dragged, so that the canvas looks like the app.
 */
export function createDecorators({ session, view }: Design): Decorators {
  const holdsNothing = (id: string): boolean => {
    const component = session.store.getState().app.screens[view.getState().screen]?.components[id];
    return Object.values(component?.slots ?? {}).every((children) => children.length === 0);
  };
  return {
    slot: (component, slot, children, count) => (
      <>
        {children}
        {count === 0 ? (
          <div
            className={styles['hole']}
            data-alone={holdsNothing(component) ? '' : undefined}
            {...{ [slotAttribute]: `${component}/${slot}` }}
          >
            Drop a component here
          </div>
        ) : (
          <span hidden {...{ [slotAttribute]: `${component}/${slot}` }} />
        )}
      </>
    ),
  };
}
