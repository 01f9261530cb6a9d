import { inputError } from '@fettle/base';
import type { HookReply } from './hook-replies.ts';

// What describes the answer itself. Everything else a browser or a proxy acts on is this server's own to say: sessions,
// policies, where the whole address is served from (Alt-Svc), what is reported to whom (NEL).
const plain =
  /^(?:content-(?:type|language|disposition)|cache-control|expires|etag|last-modified|location|retry-after|allow|(?:idempotency|request|correlation)-(?:key|id)|access-control-(?:allow-origin|expose-headers))$/;
// Headers of one's own begin with x-, but for those by which proxies are told to send files of theirs, and policies.
const own =
  /^x-(?!accel-|sendfile|lighttpd-|litespeed-|reproxy-|content-type-options|frame-options|permitted-|forwarded-)[a-z0-9-]{1,100}$/;

/** A reply as it may be sent. Throws what of it a flow must not say. */
export function checkReply({ status, headers, body }: HookReply): HookReply {
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw inputError({
      code: 'hook.status-refused',
      message: 'The status of an answer is a whole number from 200 to 599.',
      hint: 'Correct the status.',
    });
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (!plain.test(key) && !own.test(key))
      throw inputError({
        code: 'hook.header-refused',
        message: `The header ${name.slice(0, 100)} cannot be set by a flow.`,
        hint: 'Remove it, or use a header of your own that begins with X-.',
      });
    // A line break would begin another header. Letters that HTTP has not are sent as question marks.
    checked[key] = String(value)
      .replaceAll(/\p{Cc}+/gu, ' ')
      .replaceAll(/[^ -~]/gu, '?')
      .trim();
  }
  return { status, headers: checked, body };
}
