import type { Json } from '@fettle/base';

/** What a browser's pages look like, as far as the request tells. */
export interface ViewHints {
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly isNarrow: boolean;
}

/** A read that a screen asks for while it is rendered. */
export type RenderQuestion =
  | { readonly kind: 'list'; readonly dataSource: string; readonly table: string; readonly request: unknown }
  | { readonly kind: 'query'; readonly query: string; readonly parameters: Readonly<Record<string, Json>> };

/** From the server to the process that renders. Documents travel as JSON text: they go on as they came. */
export type ToRenderer =
  | {
      readonly kind: 'start';
      readonly job: number;
      /** The app as the person may see it. */
      readonly definition: string;
      readonly address: string;
      readonly hints: ViewHints;
    }
  | {
      readonly kind: 'answers';
      readonly job: number;
      readonly answers: readonly { readonly question: RenderQuestion; readonly reply: string }[];
      /** True: render with what there is. */
      readonly isLast: boolean;
    };

/** From the process that renders to the server. */
export type FromRenderer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'asks'; readonly job: number; readonly questions: readonly RenderQuestion[] }
  | { readonly kind: 'drawn'; readonly job: number; readonly html: string }
  | { readonly kind: 'failed'; readonly job: number; readonly message: string };
