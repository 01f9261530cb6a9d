import type { Json } from '@fettle/base';
import type { JournalEntry, Vars } from '../journal.ts';
import type { RunCommit, RunStore } from '../ports.ts';

/** When buffered entries are written although nothing asks for it. */
const limits = { entries: 500, ageMs: 100 } as const;

/** What the journal of a run is opened with. */
export interface JournalOptions {
  readonly store: RunStore;
  readonly runId: string;
  readonly fence: number;
  readonly isResumed: boolean;
  readonly vars: Vars;
  readonly now: () => number;
  /** Told of every entry as it is recorded. */
  readonly observe?: ((entry: JournalEntry) => void) | undefined;
}

/**
 * A run's journal as its worker holds it. Entries are buffered, one per path, and written in the order of
 * {@link flush}: what has an effect outside waits for its flush, what has none rides along with the next one. Only
 * scopes that are open are held, so a loop over a million rows costs no more memory than one item.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #scopes = new Map<string, Map<string, JournalEntry>>();
  #pending = new Map<string, JournalEntry>();
  #pendingVars: Vars | undefined;
  #vars: Vars;
  #oldestPending = 0;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#vars = options.vars;
  }

  get vars(): Vars {
    return this.#vars;
  }

  /** Makes the entries of a scope known. Of a run that was not interrupted there is nothing to load. */
  async open(scope: string): Promise<void> {
    if (this.#scopes.has(scope)) return;
    const entries = this.#options.isResumed ? await this.#options.store.loadScope(this.#options.runId, scope) : [];
    this.#scopes.set(scope, new Map(entries.map((entry) => [entry.path, entry])));
  }

  /** Forgets a scope that is over. Its entries are kept in the store. */
  close(scope: string): void {
    this.#scopes.delete(scope);
  }

  find(scope: string, path: string): JournalEntry | undefined {
    return this.#scopes.get(scope)?.get(path);
  }

  entriesOf(scope: string): Iterable<JournalEntry> {
    return this.#scopes.get(scope)?.values() ?? [];
  }

  /** Takes an entry in; it is written with the next flush. A later entry of the same path takes its place. */
  record(entry: JournalEntry): void {
    this.#throwFailure();
    this.#scopes.get(entry.scope)?.set(entry.path, entry);
    this.#options.observe?.(entry);
    if (this.#pending.size === 0) this.#oldestPending = this.#options.now();
    this.#pending.delete(entry.path);
    this.#pending.set(entry.path, entry);
    if (this.#pending.size >= limits.entries || this.#options.now() - this.#oldestPending > limits.ageMs) {
      this.flushSoon();
    }
  }

  setVars(values: Readonly<Record<string, Json>>): void {
    this.#vars = { ...this.#vars, ...values };
    this.#pendingVars = this.#vars;
  }

  /** Writes what is buffered and resolves when it is durable. Parallel calls share one transaction where they can. */
  flush(outcome?: RunCommit['outcome']): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(outcome));
    // Whoever does not wait for this flush learns of its failure at the next step.
    this.#writing.catch((error: unknown) => {
      this.#failure = error;
    });
    return this.#writing;
  }

  /** Starts writing and does not wait. */
  flushSoon(): void {
    void this.flush().catch(() => undefined);
  }

  async #write(outcome: RunCommit['outcome']): Promise<void> {
    this.#throwFailure();
    const entries = [...this.#pending.values()];
    const vars = this.#pendingVars;
    if (entries.length === 0 && vars === undefined && outcome === undefined) return;
    this.#pending = new Map();
    this.#pendingVars = undefined;
    const { store, runId, fence } = this.#options;
    await store.commit(runId, fence, {
      entries,
      ...(vars === undefined ? {} : { vars }),
      ...(outcome === undefined ? {} : { outcome }),
    });
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
