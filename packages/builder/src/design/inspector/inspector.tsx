import { useEffect } from 'react';
import { preloadBindingEditor } from '../binding/binding-field.tsx';
import { useCurrentScreen, useSelectedComponent, useView } from '../design-context.ts';
import { ComponentInspector } from './component-inspector.tsx';
import { ScreenInspector } from './screen-inspector.tsx';
import { SeveralInspector } from './several-inspector.tsx';
import styles from './inspector.module.css';

/** Settings of what is selected: a component, several, or the screen. */
export function Inspector() {
  const screen = useCurrentScreen();
  const selected = useSelectedComponent();
  const selection = useView((state) => state.selection);
  useEffect(() => {
    const timer = setTimeout(preloadBindingEditor, 1500);
    return () => clearTimeout(timer);
  }, []);
  if (screen === undefined) return <p className={styles['empty']}>Add a screen to begin.</p>;
  if (selected !== undefined) {
    return (
      <ComponentInspector
        key={`${screen.id} ${selected.id}`}
        screen={screen}
        id={selected.id}
        component={selected.component}
      />
    );
  }
  const ids = selection.filter((id) => screen.components[id] !== undefined);
  if (ids.length > 1) return <SeveralInspector screen={screen} ids={ids} />;
  return <ScreenInspector key={screen.id} screen={screen} />;
}
