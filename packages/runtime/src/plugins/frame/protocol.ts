import type { Json } from '@fettle/base';
import type { DataSetting } from '@fettle/definition';
import type { TableDescription } from '@fettle/sdk';
import type { RowsOptions, RowsState } from '@fettle/sdk/react';

// What an app and a component in a frame say to each other, over one channel. The app trusts nothing that comes in.

/** How the app around it looks. */
export interface Look {
  readonly scheme: 'light' | 'dark';
  /** Values of the theme's variables. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly font: {
    readonly family: string;
    readonly size: string;
    readonly lineHeight: string;
    readonly colour: string;
  };
}

/** What a component knows of its place. */
export interface Place {
  readonly name: string;
  readonly mode: 'run' | 'design';
  readonly settings: Readonly<Record<string, unknown>>;
  /** Events that have actions. */
  readonly events: readonly string[];
  /** The tables that its settings name, by reference. */
  readonly tables: Readonly<Record<string, TableDescription>>;
}

/** An error as it crosses the channel. */
export interface SentError {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** An answer, to either side. */
export type Answer =
  | { readonly call: number; readonly ok: true; readonly value: unknown }
  | { readonly call: number; readonly ok: false; readonly error: SentError };

/** Rows as they are sent: without what calls back. */
export type SentRows = Omit<RowsState, 'refresh' | 'loadMore' | 'error'> & { readonly error?: SentError };

/** What a frame is told. */
export type ToFrame =
  | {
      readonly kind: 'start';
      readonly type: string;
      readonly id: string;
      readonly locale: string;
      readonly timeZone: string;
      readonly isNarrow: boolean;
      readonly look: Look;
      readonly place: Place;
    }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'ping' }
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'rows'; readonly list: number; readonly rows: SentRows }
  | { readonly kind: 'changed'; readonly watch: number }
  | { readonly kind: 'invoke'; readonly call: number; readonly method: string; readonly input?: Json };

/** What a component may ask the app to do. */
export const callNames = [
  'emit',
  'navigate',
  'notify',
  'confirm',
  'list',
  'read',
  'create',
  'update',
  'delete',
  'aggregate',
  'runQuery',
  'startFlow',
  'upload',
] as const;
/** One of {@link callNames}. */
export type CallName = (typeof callNames)[number];

/** A place whose changes can be followed. */
export type Watched = { readonly dataSource: string; readonly table: string } | { readonly query: string };

/** What a frame says. */
export type FromFrame =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pong'; readonly bytes?: number }
  | { readonly kind: 'size'; readonly height: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'call'; readonly call: number; readonly name: CallName; readonly input: readonly unknown[] }
  | { readonly kind: 'expose'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'offer'; readonly method: string; readonly isThere: boolean }
  | {
      readonly kind: 'rows';
      readonly list: number;
      /** Undefined: no longer wanted. */
      readonly wanted: { readonly setting: DataSetting; readonly options: RowsOptions } | undefined;
    }
  | { readonly kind: 'rows-act'; readonly list: number; readonly act: 'refresh' | 'more' }
  | { readonly kind: 'watch'; readonly watch: number; readonly what: Watched | undefined }
  | ({ readonly kind: 'answer' } & Answer);

/** What tells a frame that the message with the channel is for it. */
export const greeting = 'fettle-component';
