import { ComponentHostProvider, type ComponentProps } from '@fettle/sdk/react';
import {
  Component,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
} from 'react';
import type { Look, Place, ToFrame } from '../frame/protocol.ts';
import type { InsideHost } from './inside-host.ts';
import type { Link } from './link.ts';

/** A component in its frame: follows its settings, the look of the app, and says how tall it is. */
export function InsideView(props: {
  readonly link: Link;
  readonly inside: InsideHost;
  readonly start: Extract<ToFrame, { kind: 'start' }>;
  readonly implementation: ComponentType<ComponentProps>;
}) {
  const { link, inside, start, implementation: Implementation } = props;
  const [place, setPlace] = useState<Place>(start.place);
  useEffect(
    () =>
      link.listen((message) => {
        if (message.kind === 'place') setPlace(message.place);
        else if (message.kind === 'look') applyLook(message.look);
        else inside.take(message);
      }),
    [link, inside],
  );
  const host = useMemo(() => inside.hostAt(place), [inside, place]);
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const tell = (): void => link.send({ kind: 'size', height: element.getBoundingClientRect().height });
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    tell();
    return () => observer.disconnect();
  }, [link]);
  return (
    <div ref={root} className="fettle-inside">
      <ComponentHostProvider value={host}>
        <Boundary onFailed={(message) => link.send({ kind: 'failed', message })}>
          <Implementation settings={place.settings} />
        </Boundary>
      </ComponentHostProvider>
    </div>
  );
}

class Boundary extends Component<{ readonly onFailed: (message: string) => void; readonly children: ReactNode }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onFailed((error instanceof Error ? error.message : String(error)).slice(0, 2000));
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}

/** Gives the frame the look of the app. */
export function applyLook({ scheme, tokens, font }: Look): void {
  const { documentElement: root, body } = document;
  root.setAttribute('data-mantine-color-scheme', scheme);
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(name, value);
  body.style.fontFamily = font.family;
  body.style.fontSize = font.size;
  body.style.lineHeight = font.lineHeight;
  body.style.color = font.colour;
  // Not of the whole document: that would be painted over the app.
  document.getElementById('root')?.style.setProperty('color-scheme', scheme);
}
