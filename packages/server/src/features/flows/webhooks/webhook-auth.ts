/** How the sender of a webhook proves who they are. The secret itself is kept apart and is never part of it. */
export type WebhookAuth =
  | { readonly kind: 'none' }
  /** A secret text as a bearer token, or in a header of its own. */
  | { readonly kind: 'token'; readonly header?: string }
  /** The secret is `user:password`. */
  | { readonly kind: 'basic' }
  /** HMAC over the raw body, or over a timestamp and the body. */
  | {
      readonly kind: 'hmac';
      readonly header: string;
      readonly algorithm: 'sha1' | 'sha256' | 'sha512';
      readonly encoding: 'hex' | 'base64';
      /** What stands before the signature in the header, such as `sha256=`. */
      readonly prefix?: string;
      /** With it, `<timestamp>.<body>` is signed, and old requests are refused. */
      readonly timestampHeader?: string;
    }
  | { readonly kind: 'standard-webhooks' | 'github' | 'slack' | 'stripe' | 'pagerduty' };

/** A request as it came in. Header names are in lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The very bytes that were sent: signatures do not survive reading and writing JSON again. */
  readonly body: Uint8Array;
}

/** Whether a webhook may start its flow. `reason` is for the log of the owner, never for the sender. */
export type WebhookVerdict =
  | {
      readonly isGenuine: true;
      /** The sender's own id of this delivery: the same for every repetition. Absent: the sender gives none. */
      readonly deliveryId?: string;
    }
  | { readonly isGenuine: false; readonly reason: string };

/** What is checked, and against what. */
export interface WebhookCheck {
  readonly request: WebhookRequest;
  /** Secrets that count: more than one while a secret is being exchanged. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}
