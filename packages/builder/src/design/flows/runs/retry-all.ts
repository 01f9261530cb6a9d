/** How far starting failed runs again has come. */
export interface RetryProgress {
  readonly started: number;
  readonly refused: readonly { readonly run: string; readonly message: string; readonly hint?: string }[];
  readonly isOver: boolean;
}

const pageSize = 20;

/** Starts failed runs again page by page, at most so many, until there are no more or it is stopped. */
export async function retryAll(options: {
  readonly most: number;
  readonly signal: AbortSignal;
  readonly page: (
    cursor: string | undefined,
    limit: number,
  ) => Promise<Omit<RetryProgress, 'isOver'> & { readonly next?: string }>;
  readonly onProgress: (progress: RetryProgress) => void;
}): Promise<void> {
  const { most, signal, page, onProgress } = options;
  let started = 0;
  let seen = 0;
  let cursor: string | undefined;
  const refused: RetryProgress['refused'][number][] = [];
  onProgress({ started, refused: [], isOver: false });
  do {
    const limit = Math.min(pageSize, most - seen);
    const reply = await page(cursor, limit);
    started += reply.started;
    refused.push(...reply.refused);
    seen += limit;
    cursor = reply.next;
    onProgress({ started, refused: [...refused], isOver: cursor === undefined || seen >= most || signal.aborted });
  } while (cursor !== undefined && seen < most && !signal.aborted);
}
