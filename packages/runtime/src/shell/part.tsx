import { Component, Suspense, type ReactNode } from 'react';
import { PlaceError } from '../render/place-error.tsx';
import { MessagePage } from './message-page.tsx';

/** Props of {@link Part}. */
export interface PartProps {
  readonly children: ReactNode;
  /** Stands there while the code is on its way. */
  readonly loading?: ReactNode;
  /**
   * What a failure looks like: a page that says it, a line in its place, or nothing, where the page's own message is
   * enough.
   */
  readonly failure: 'page' | 'place' | 'none';
  /** Another value gives it another try. */
  readonly resetKey?: string;
  readonly onFailed?: () => void;
}

/**
 * A part of a page whose code comes when it is needed. When the code does not come, or breaks, the rest of the page goes
 * on; what to do about it stands in the part's place.
 */
export function Part({ children, loading = null, ...boundary }: PartProps) {
  return (
    <PartBoundary {...boundary}>
      <Suspense fallback={loading}>{children}</Suspense>
    </PartBoundary>
  );
}

interface PartState {
  readonly error: unknown;
  readonly hasFailed: boolean;
  /** The {@link PartProps.resetKey} that this is about. */
  readonly of: string | undefined;
}

class PartBoundary extends Component<Omit<PartProps, 'loading'>, PartState> {
  override state: PartState = { error: undefined, hasFailed: false, of: undefined };

  static getDerivedStateFromError(error: unknown): Pick<PartState, 'error' | 'hasFailed'> {
    return { error, hasFailed: true };
  }

  static getDerivedStateFromProps({ resetKey }: PartProps, { of }: PartState): PartState | null {
    return of === resetKey ? null : { error: undefined, hasFailed: false, of: resetKey };
  }

  override componentDidCatch(): void {
    this.props.onFailed?.();
  }

  override render(): ReactNode {
    const { hasFailed, error } = this.state;
    const { failure, children } = this.props;
    if (!hasFailed) return children;
    if (failure === 'none') return null;
    const { title, text } = sayFailure(error);
    // The attribute tells the script in the page's head that it need not say it once more.
    return (
      <div data-fettle-load-failure="" role="alert">
        {failure === 'page' ? (
          <MessagePage title={title} text={text} action={{ label: 'Reload', run: reload }} />
        ) : (
          <PlaceError title={title} message={text} act={{ label: 'Reload', run: reload }} />
        )}
      </div>
    );
  }
}

// Browsers remember a module that failed to load; only a new page is sure to ask for it again.
function reload(): void {
  window.location.reload();
}

/** What each browser says when code or a stylesheet of it does not come. */
const loadFailures =
  /dynamically imported module|importing a module script failed|unable to preload css|module script/i;

function sayFailure(error: unknown): { readonly title: string; readonly text: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (loadFailures.test(message))
    return {
      title: 'This part could not be loaded',
      text: 'Fettle was upgraded while the page was open, or the connection broke. Reload the page to go on.',
    };
  return { title: 'This part stopped working', text: `${message} Reload the page to go on.` };
}
