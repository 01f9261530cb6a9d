import type { ServerResponse } from 'node:http';
import { AppError } from '@fettle/base';
import type { NotificationSignals } from './notification-signals.ts';

/** Open streams that tell browsers when somebody's notifications, or the plugins of their workspace, change. */
export interface LiveStreams {
  /** Writes the head and keeps the response open. Says that something changed, never what: the browser asks for it. */
  open(listener: { readonly userId: string; readonly workspaceId: string }, response: ServerResponse): void;
  /** What plugins bring to a workspace changed: whoever builds there looks again. */
  extensionsChanged(workspaceId: string): void;
  /** Ends all of them. */
  close(): void;
}

/** A stream ends after so long: whoever goes on listening proves anew that they may. */
const lifeMs = 240_000;
/** Proxies cut silent connections off. */
const beatMs = 25_000;
/** Changes that come together are told once. */
const gatherMs = 200;
const mostPerPerson = 20;
const mostInAll = 5_000;

/** Makes the streams of a process. */
export function createLiveStreams(signals: NotificationSignals): LiveStreams {
  const open = new Map<ServerResponse, { readonly userId: string; readonly workspaceId: string }>();
  return {
    open(listener, response) {
      const { userId } = listener;
      const own = [...open.values()].filter((one) => one.userId === userId).length;
      if (open.size >= mostInAll || own >= mostPerPerson) throw tooMany();
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      response.write('retry: 3000\n\n');
      open.set(response, listener);
      let gathering: NodeJS.Timeout | undefined;
      const stopListening = signals.onChanged(userId, () => {
        gathering ??= setTimeout(() => {
          gathering = undefined;
          response.write('event: changed\ndata: {}\n\n');
        }, gatherMs);
      });
      const beat = setInterval(() => response.write(':\n\n'), beatMs);
      const life = setTimeout(() => response.end(), lifeMs);
      response.once('close', () => {
        open.delete(response);
        stopListening();
        clearTimeout(gathering);
        clearInterval(beat);
        clearTimeout(life);
      });
    },
    extensionsChanged(workspaceId) {
      for (const [response, listener] of open)
        if (listener.workspaceId === workspaceId) response.write('event: extensions\ndata: {}\n\n');
    },
    close() {
      for (const response of open.keys()) response.end();
    },
  };
}

const tooMany = () =>
  new AppError('unavailable', {
    code: 'notifications.too-many-streams',
    message: 'Too many pages listen already.',
    hint: 'Close some, or look again from time to time.',
  });
