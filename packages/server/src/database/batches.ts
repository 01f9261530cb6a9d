/** Does one thing for a caller; others' may be done with it. */
export type InBatches<Item, Answer> = (item: Item) => Promise<Answer>;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Statements that many callers ask for at once: those that come while one is under way go together in the next, so that
 * nobody waits for company and all share one transaction. One that makes its batch fail does not touch the others.
 */
export function createBatches<Item, Answer>(options: {
  readonly alone: (item: Item) => Promise<Answer>;
  /** All of them in one transaction, or none. Answers in the order of the items. */
  readonly together: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Items per batch. */
  readonly most: number;
}): InBatches<Item, Answer> {
  const { alone, together, most } = options;
  const waiting: Waiting<Item, Answer>[] = [];
  let isBusy = false;

  const settleAlone = async ({ item, resolve, reject }: Waiting<Item, Answer>): Promise<void> => {
    try {
      resolve(await alone(item));
    } catch (error) {
      reject(error);
    }
  };
  const settle = async (batch: readonly Waiting<Item, Answer>[]): Promise<void> => {
    const [first] = batch;
    if (first !== undefined && batch.length === 1) return settleAlone(first);
    try {
      const answers = await together(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      // Without an answer of the database nobody knows whether it was done: doing it again could double it.
      if (wasRefused(error)) await Promise.all(batch.map(settleAlone));
      else for (const { reject } of batch) reject(error);
    }
  };
  const work = async (): Promise<void> => {
    isBusy = true;
    while (waiting.length > 0) await settle(waiting.splice(0, most));
    isBusy = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isBusy) void work();
    });
}

/** True when PostgreSQL has said no to the statement itself, and so has done nothing of it: of data, keys or a deadlock. */
function wasRefused(error: unknown): boolean {
  const { code } = (typeof error === 'object' && error !== null ? error : {}) as { readonly code?: unknown };
  return typeof code === 'string' && /^(?:21|22|23|40|42)[0-9A-Z]{3}$/.test(code);
}
