import { encodeQR } from 'qr';

/** How much of a code may be lost. */
export type Correction = 'low' | 'medium' | 'quartile' | 'high';

/** A code as one path over a square of `size` modules, its quiet zone included. */
export interface QrShape {
  readonly size: number;
  readonly path: string;
}

// What readers need around a code: ISO/IEC 18004 asks for four modules.
const quietZone = 4;

/** Encodes a text; undefined when it is longer than a code can hold. */
export function encodeQr(text: string, correction: Correction): QrShape | undefined {
  let rows: readonly (readonly boolean[])[];
  try {
    rows = encodeQR(text, 'raw', { ecc: correction, border: quietZone });
  } catch {
    return undefined;
  }
  const path = rows
    .flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`))
    .join('');
  return { size: rows.length, path };
}

// Dark modules side by side as one piece: fewer points, and no hairlines between them in print.
function runsOf(row: readonly boolean[]): readonly (readonly [start: number, length: number])[] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    const last = runs.at(-1);
    if (!isDark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}

/** The code as a picture of its own. */
export function qrSvg({ size, path }: QrShape, width: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}" viewBox="0 0 ${size} ${size}" ` +
    `shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  );
}
