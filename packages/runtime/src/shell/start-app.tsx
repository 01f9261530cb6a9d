import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadForScreen, takeFirstScreen } from '../first-screen/first-screen.ts';
import { findScreen } from '../router/find-screen.ts';
import { pathBelow } from '../router/route.ts';
import { AppView, type AppViewProps } from './app-view.tsx';

/** Plays an app in an element of the page. Answers how to take it away again. */
export function startApp(element: HTMLElement, props: Omit<AppViewProps, 'first'>): () => void {
  const first = takeFirstScreen(document);
  const root = createRoot(element);
  let isStopped = false;
  const show = (): void => {
    if (isStopped) return;
    root.render(
      <StrictMode>
        <AppView {...props} first={first} />
      </StrictMode>,
    );
  };
  if (first === undefined) show();
  else {
    // The server's rendering stays until ours is as complete: it is replaced in one go.
    const path = pathBelow(props.basePath, window.location.pathname) ?? '/';
    const screen = findScreen(first.definition, path)?.screen;
    void loadForScreen(first.definition, screen, props.extensions).then(show);
  }
  return () => {
    isStopped = true;
    root.unmount();
  };
}
