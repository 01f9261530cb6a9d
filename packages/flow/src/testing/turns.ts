/** The turns of the loops around a place in a run, outermost first, counted from 1: `stp_a#2/stp_b#0/` → 3, 1. */
export function turnsOf(scope: string): readonly number[] {
  return [...scope.matchAll(/#(\d+)\//g)].map(([, turn]) => Number(turn) + 1);
}

/** Whether what is said for these turns holds in that place. */
export function isInTurns(turns: readonly number[] | undefined, scope: string): boolean {
  if (turns === undefined) return true;
  const here = turnsOf(scope);
  return turns.length === here.length && turns.every((turn, index) => turn === here[index]);
}

/** ` in turn 3`, ` in turn 3, 1`, or nothing outside of loops. */
export function turnText(scope: string): string {
  const turns = turnsOf(scope);
  return turns.length === 0 ? '' : ` in turn ${turns.join(', ')}`;
}

/** Scope and step id of a path: `stp_a#2/stp_b` → `stp_a#2/`, `stp_b`. */
export function splitPath(path: string): { readonly scope: string; readonly stepId: string } {
  const end = path.lastIndexOf('/') + 1;
  return { scope: path.slice(0, end), stepId: path.slice(end) };
}
