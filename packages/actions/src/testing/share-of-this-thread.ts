/**
 * Which part of what this process computed for some work was computed on this thread: about 1 for work here, near 0 for work
 * beside it. Both are counted in time of processors, of which a busy machine gives less, not other amounts.
 */
export async function shareOfThisThread<T>(
  work: () => Promise<T>,
): Promise<{ readonly share: number; readonly result: T }> {
  const all = process.cpuUsage();
  const own = process.threadCpuUsage();
  const result = await work();
  const ofThread = process.threadCpuUsage(own);
  const ofProcess = process.cpuUsage(all);
  return { share: (ofThread.user + ofThread.system) / (ofProcess.user + ofProcess.system), result };
}
