/** One step on the way to a place in a run; `turn` when the way goes on inside one turn of it. */
export interface PlaceSegment {
  readonly step: string;
  readonly turn?: number;
}

/** The way to a step of a run, from its path: `stp_loop#3/stp_send`. Undefined for what is no path. */
export function parsePath(path: string): readonly PlaceSegment[] | undefined {
  const segments: PlaceSegment[] = [];
  for (const [index, part] of path.split('/').entries()) {
    const [, step, turn] = /^([^#/]+)(?:#(\d{1,9}))?$/.exec(part) ?? [];
    const isLast = index === path.split('/').length - 1;
    if (step === undefined || isLast !== (turn === undefined)) return undefined;
    segments.push(turn === undefined ? { step } : { step, turn: Number(turn) });
  }
  return segments;
}

/** Paths of the loops that a scope stands in, the outermost first: `a#2/b#0/` → `a`, `a#2/b`. */
export function loopsOfScope(scope: string): readonly string[] {
  return [...scope.matchAll(/#/g)].map(({ index }) => scope.slice(0, index));
}
