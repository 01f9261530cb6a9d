/** How long this thread computed for some work, in milliseconds: a busy machine makes it wait, not compute for longer. */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
