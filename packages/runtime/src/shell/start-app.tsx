import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppView, type AppViewProps } from './app-view.tsx';

/** Plays an app in an element of the page. Answers how to take it away again. */
export function startApp(element: HTMLElement, props: AppViewProps): () => void {
  const root = createRoot(element);
  root.render(
    <StrictMode>
      <AppView {...props} />
    </StrictMode>,
  );
  return () => root.unmount();
}
