import type { EventAction } from '@fettle/definition';
import type { ShownColumn } from './columns.ts';
import type { Node } from './node.ts';

/** A table of rows: which, which columns, and what a click does. */
export function tableNode(options: {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly columns: readonly ShownColumn[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly onRowClick?: readonly EventAction[];
}): Node {
  const columns = options.columns.map((shown, index) => ({
    id: `column${index + 1}`,
    column: shown.path,
    label: shown.label,
    ...formatOf(shown),
  }));
  return {
    type: 'core/table',
    name: options.name,
    settings: {
      data: { kind: 'table', ...options.data },
      columns,
      phoneColumns: phoneColumns(options.columns),
      ...options.settings,
    },
    ...(options.onRowClick === undefined ? {} : { events: { rowClick: options.onRowClick } }),
  };
}

const tones: readonly (readonly [RegExp, string])[] = [
  [/^(urgent|critical|lost|failed|error|overdue|rejected|rolled back|blocked)$/i, 'danger'],
  [/^(high|waiting|in repair|in review|pending|on hold|warning|medium)$/i, 'warning'],
  [/^(in use|resolved|done|approved|active|paid|completed|success|yes)$/i, 'success'],
  [/^(in progress|open|new|processing)$/i, 'info'],
];

/** The colour of a status by its meaning; what has none is neutral. */
export function toneOf(value: string): string {
  return tones.find(([pattern]) => pattern.test(value))?.[1] ?? 'neutral';
}

function formatOf({ column, relation }: ShownColumn): Readonly<Record<string, unknown>> {
  if (relation !== undefined || column.options === undefined || column.meaning === 'multiSelect') return {};
  return { format: 'badge', badges: column.options.slice(0, 100).map((value) => ({ value, tone: toneOf(value) })) };
}

function phoneColumns(columns: readonly ShownColumn[]): readonly string[] {
  const first = columns[0];
  const second = columns.find((shown) => shown !== first && shown.column.options !== undefined) ?? columns[1];
  return [first, second].flatMap((shown) => (shown === undefined ? [] : [shown.path]));
}
