import type { Clock } from '@fettle/base';

/** How a cache behaves. */
export interface ExpiringCacheOptions {
  readonly clock: Clock;
  /** Age, from the start of its loading, at which a value is loaded again. */
  readonly maxAgeMs: number;
  /** Most values held; the oldest go first. */
  readonly maxEntries: number;
}

interface Entry<V> {
  readonly loadedAt: number;
  readonly value: V | undefined;
  readonly loading: Promise<V> | undefined;
}

/**
 * Values loaded on demand and kept for a moment. Callers that ask at the same time share one load. After `forget`, no
 * caller gets a value whose loading began before it: that is what makes a revoked right end at once.
 */
export interface ExpiringCache<V> {
  /** The value when it is held and fresh. */
  peek(key: string): V | undefined;
  get(key: string, load: () => Promise<V>): Promise<V>;
  forget(key: string): void;
  /** Forgets every value that `matches`, and whatever is being loaded. */
  forgetWhere(matches: (value: V, key: string) => boolean): void;
  forgetAll(): void;
}

/** Makes an {@link ExpiringCache}. */
export function createExpiringCache<V>(options: ExpiringCacheOptions): ExpiringCache<V> {
  const { clock, maxAgeMs, maxEntries } = options;
  const entries = new Map<string, Entry<V>>();
  const start = (key: string, load: () => Promise<V>): Promise<V> => {
    const loadedAt = clock.now();
    const loading = load();
    const entry: Entry<V> = { loadedAt, value: undefined, loading };
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string);
    loading.then(
      (value) => {
        if (entries.get(key) === entry) entries.set(key, { loadedAt, value, loading: undefined });
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return loading;
  };
  const peek = (key: string): V | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && clock.now() - entry.loadedAt < maxAgeMs ? entry.value : undefined;
  };
  return {
    peek,
    async get(key, load) {
      const entry = entries.get(key);
      if (entry === undefined || clock.now() - entry.loadedAt >= maxAgeMs) return start(key, load);
      return entry.loading ?? (entry.value as V);
    },
    forget: (key) => void entries.delete(key),
    forgetWhere(matches) {
      for (const [key, { value, loading }] of entries) {
        if (loading !== undefined || matches(value as V, key)) entries.delete(key);
      }
    },
    forgetAll: () => entries.clear(),
  };
}
