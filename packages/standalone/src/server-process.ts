/** How a process of the server manages its memory. What is set already wins. */
export const serverMemory: Readonly<Record<string, string>> = {
  // Hashing a password takes 19 MB for a moment. Above this size the C library gives memory back to the system at
  // once; otherwise it keeps such a piece for every thread that ever hashed.
  MALLOC_MMAP_THRESHOLD_: '1048576',
  // Threads that read SQLite files come and go; what each arena of the C library keeps of them adds up.
  MALLOC_ARENA_MAX: '2',
};

/**
 * Arguments of Node itself: less room for what is young, so that it is cleared away before it fills pages; and memory of
 * ended threads goes back to the system instead of being kept for others.
 */
export const serverArguments: readonly string[] = [
  '--max-semi-space-size=2',
  '--no-memory-pool-share-memory-on-teardown',
];
