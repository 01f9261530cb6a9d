/** A sheet of labels, in millimetres. */
export interface Paper {
  /** What `@page` calls it. */
  readonly page: string;
  readonly pageWidth: number;
  readonly pageHeight: number;
  readonly columns: number;
  readonly rows: number;
  readonly labelWidth: number;
  readonly labelHeight: number;
  /** From the edges of the sheet to the first label. */
  readonly top: number;
  readonly left: number;
  readonly columnGap: number;
}

/** The sheets on offer: sizes as makers of stickers have agreed on them. */
export const papers: Readonly<Record<'a4-24' | 'a4-40' | 'letter-30' | 'roll', Paper>> = {
  'a4-24': sheet({ page: 'A4', columns: 3, rows: 8, labelWidth: 70, labelHeight: 37, top: 0.5 }),
  'a4-40': sheet({ page: 'A4', columns: 4, rows: 10, labelWidth: 52.5, labelHeight: 29.7, top: 0 }),
  'letter-30': {
    page: 'letter',
    pageWidth: 215.9,
    pageHeight: 279.4,
    columns: 3,
    rows: 10,
    labelWidth: 66.675,
    labelHeight: 25.4,
    top: 12.7,
    left: 4.7625,
    columnGap: 3.175,
  },
  roll: {
    page: '62mm 29mm',
    pageWidth: 62,
    pageHeight: 29,
    columns: 1,
    rows: 1,
    labelWidth: 62,
    labelHeight: 29,
    top: 0,
    left: 0,
    columnGap: 0,
  },
};

function sheet(parts: Pick<Paper, 'page' | 'columns' | 'rows' | 'labelWidth' | 'labelHeight' | 'top'>): Paper {
  return { pageWidth: 210, pageHeight: 297, left: 0, columnGap: 0, ...parts };
}

/** Labels by sheet, after the places of the first sheet that are used up. `undefined` is such a place. */
export function sheetsOf<T>(labels: readonly T[], paper: Paper, used: number): readonly (readonly (T | undefined)[])[] {
  const perSheet = paper.columns * paper.rows;
  const places: (T | undefined)[] = [...Array.from({ length: used % perSheet }, () => undefined), ...labels];
  return Array.from({ length: Math.ceil(places.length / perSheet) }, (_, index) =>
    places.slice(index * perSheet, (index + 1) * perSheet),
  );
}
