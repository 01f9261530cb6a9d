import { AppError } from '@fettle/base';
import type { ComponentExtension, ComponentProps } from '@fettle/sdk/react';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { greeting, type ToFrame } from '../frame/protocol.ts';
import { componentIn } from '../component-in.ts';
import { shareModules } from '../shared-modules.ts';
import { createInsideHost } from './inside-host.ts';
import { createInsideRows } from './inside-rows.ts';
import { applyLook, InsideView } from './inside-view.tsx';
import { createLink, type Link } from './link.ts';
import { insideStyles } from './styles.ts';

const page = globalThis as { readonly FettlePlugin?: { readonly components?: readonly ComponentExtension[] } };
let firstError: string | undefined;

/**
 * What components of plugins run on in a frame: the first script of its document, which the code of the plugin comes
 * after. Waits for the app around it to say which component is to be shown.
 */
export function runFrame(): void {
  // Connections of this kind are the one thing that no policy of the document covers.
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel'])
    Reflect.deleteProperty(globalThis, name);
  shareModules();
  addEventListener('error', ({ message }) => (firstError ??= message));
  addEventListener('message', function connect(event: MessageEvent<unknown>) {
    const [port] = event.ports;
    if (event.source !== window.parent || event.data !== greeting || port === undefined) return;
    removeEventListener('message', connect);
    const link = createLink(port);
    link.listen((message) => {
      if (message.kind === 'ping') link.send({ kind: 'pong', ...memory() });
      if (message.kind === 'start') void begin(link, message);
    });
    link.send({ kind: 'ready' });
  });
}

async function begin(link: Link, start: Extract<ToFrame, { kind: 'start' }>): Promise<void> {
  try {
    if (page.FettlePlugin === undefined)
      throw new AppError('unavailable', {
        code: 'plugin.code-failed',
        message: firstError ?? 'The code of the plugin did not load.',
      });
    const loaded = await componentIn(page.FettlePlugin.components, start.type).load();
    const style = document.createElement('style');
    style.textContent = insideStyles;
    document.head.prepend(style);
    const element = document.createElement('div');
    element.id = 'root';
    document.body.append(element);
    applyLook(start.look);
    createRoot(element, {
      // The boundary tells the app.
      onCaughtError: () => undefined,
    }).render(
      <InsideView
        link={link}
        inside={createInsideHost(start, link, createInsideRows(link))}
        start={start}
        implementation={loaded as ComponentType<ComponentProps>}
      />,
    );
  } catch (error) {
    link.send({ kind: 'failed', message: (error instanceof Error ? error.message : String(error)).slice(0, 2000) });
  }
}

function memory(): { readonly bytes?: number } {
  const { memory: known } = performance as { readonly memory?: { readonly usedJSHeapSize: number } };
  return known === undefined ? {} : { bytes: known.usedJSHeapSize };
}
