import type { FlowSourceInfo } from '@fettle/contract';
import { relativeTime } from '@fettle/runtime';

/** What a source brought and where it stands, in a sentence or two. */
export function sourceDetail(source: FlowSourceInfo, now = Date.now()): string {
  const { events, lastEventAt, position, retryAt, state } = source;
  const brought =
    lastEventAt === null
      ? 'Nothing has come yet'
      : `${events === 1 ? 'One start' : `${events.toLocaleString('en')} starts`} so far, the last ${relativeTime(lastEventAt, now)}`;
  const parts = [
    ...(state === 'failed' && retryAt !== null ? [`Tried again ${fromNow(retryAt - now)}`] : []),
    brought,
    ...(position === undefined ? [] : [`Stands at ${position}`]),
  ];
  return `${parts.join('. ')}.`;
}

function fromNow(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds <= 1) return 'now';
  return seconds < 90 ? `in ${seconds} seconds` : `in ${Math.round(seconds / 60)} minutes`;
}
