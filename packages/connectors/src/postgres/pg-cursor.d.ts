declare module 'pg-cursor' {
  import type { CustomTypesConfig, QueryResult, Submittable } from 'pg';

  /** A server-side cursor: rows are fetched as they are asked for. */
  class Cursor implements Submittable {
    constructor(
      text: string,
      values: readonly unknown[],
      options: { readonly rowMode: 'array'; readonly types: CustomTypesConfig },
    );
    submit(connection: unknown): void;
    read(count: number, done: (error: Error | undefined, rows: unknown[][], result: QueryResult) => void): void;
    close(): Promise<void>;
  }
  export { Cursor as default };
}
