import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which step of which run an address answers. */
export interface WaitPlace {
  readonly runId: string;
  readonly path: string;
  /** The address it was sent to: whoever answers by it answers as that. */
  readonly to?: string;
}

/** Addresses that answer a waiting step: whoever has one may answer, once. */
export interface WaitLinks {
  tokenOf(place: WaitPlace): string;
  /** Undefined for what we did not make. */
  read(token: string): WaitPlace | undefined;
}

/** Makes links that are signed with `key`. */
export function createWaitLinks(key: Uint8Array): WaitLinks {
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    tokenOf({ runId, path, to }) {
      const place = to === undefined ? [runId, path] : [runId, path, to];
      const text = Buffer.from(JSON.stringify(place)).toString('base64url');
      return `${text}.${sign(text).toString('base64url')}`;
    },
    read(token) {
      const [text = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = sign(text);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      const [runId = '', path = '', to] = JSON.parse(Buffer.from(text, 'base64url').toString()) as string[];
      return { runId, path, ...(to === undefined ? {} : { to }) };
    },
  };
}
