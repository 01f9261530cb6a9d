/** What a value looks like between the threads. */
export type WorkerValue = null | number | bigint | string | Uint8Array;

/** What the worker is started with. */
export interface WorkerOptions {
  readonly file: string;
  readonly readOnly: boolean;
  readonly busyTimeoutMs: number;
}

/** A task for the worker. */
export type WorkerTask =
  | { readonly kind: 'run'; readonly text: string; readonly parameters: readonly unknown[] }
  | {
      readonly kind: 'custom';
      readonly text: string;
      readonly parameters: readonly unknown[];
      readonly readOnly: boolean;
      readonly maxRows: number;
      readonly maxBytes: number;
    };

/** The worker's answer to a task. */
export type WorkerAnswer =
  | {
      readonly rows: readonly (readonly WorkerValue[])[];
      readonly affected: number;
      readonly columns?: readonly { readonly name: string; readonly type: string | null }[];
      readonly truncated?: boolean;
    }
  | { readonly error: { readonly message: string; readonly code: string; readonly errcode: number } };
