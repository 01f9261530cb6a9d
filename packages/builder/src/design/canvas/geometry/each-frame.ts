/**
 * Calls back once per frame, after the browser has laid the page out: measuring then costs nothing, while measuring
 * before it would make the browser lay everything out in the middle of a script. Answers how to stop.
 */
export function eachFrame(measure: () => void): () => void {
  let frame = 0;
  let task: ReturnType<typeof setTimeout> | undefined;
  const next = (): void => {
    frame = requestAnimationFrame(() => {
      task = setTimeout(() => {
        measure();
        next();
      });
    });
  };
  next();
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(task);
  };
}
