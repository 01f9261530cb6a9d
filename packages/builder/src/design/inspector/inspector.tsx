import { useEffect } from 'react';
import { preloadBindingEditor } from '../binding/binding-field.tsx';
import { useCurrentScreen, useView } from '../design-context.ts';
import { ComponentInspector } from './component-inspector.tsx';
import { ScreenInspector } from './screen-inspector.tsx';
import { SeveralInspector } from './several-inspector.tsx';
import { useAfterPaint } from './use-after-paint.ts';
import styles from './inspector.module.css';

/** Settings of what is selected: a component, several, or the screen. */
export function Inspector() {
  const screen = useCurrentScreen();
  // The canvas shows what was done first; the settings of what is selected now follow with the next frame.
  const selection = useAfterPaint(useView((state) => state.selection));
  useEffect(() => {
    const timer = setTimeout(preloadBindingEditor, 1500);
    return () => clearTimeout(timer);
  }, []);
  if (screen === undefined) return <p className={styles['empty']}>Add a screen to begin.</p>;
  const [id] = selection;
  const component = selection.length === 1 && id !== undefined ? screen.components[id] : undefined;
  if (id !== undefined && component !== undefined) {
    return <ComponentInspector key={`${screen.id} ${id}`} screen={screen} id={id} component={component} />;
  }
  const ids = selection.filter((id) => screen.components[id] !== undefined);
  if (ids.length > 1) return <SeveralInspector screen={screen} ids={ids} />;
  return <ScreenInspector key={screen.id} screen={screen} />;
}
