import { AppError, conflict, inputError } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { listOf } from '../required.ts';
import { placeOf, primaryKeyOf, rowKeyOf, valuesOf, type TablePlace } from '../rows/row-request.ts';

/** See {@link upsertRowManifest}. A unique key on the columns is what keeps two runs from adding the row twice:
 * the one that comes second changes it. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, data, signal } = context;
    signal.throwIfAborted();
    const place = placeOf(settings);
    const { dataSource, table } = place;
    const values = valuesOf(settings['values'], 'Give values by column.');
    const primaryKey = await primaryKeyOf(context, place);
    const match = listOf<string>(settings['match']);
    const wanted = { values, match: match.length === 0 ? primaryKey : match };
    let found = await findMatch(context, place, wanted);
    if (found === undefined) {
      try {
        const [row = {}] = await data.create(dataSource, table, [values]);
        return { row, created: true };
      } catch (error) {
        // Somebody may have added it in between; in the transaction of a dry run nobody can.
        if (!isDouble(error) || context.isDryRun) throw error;
        found = await findMatch(context, place, wanted);
        if (found === undefined) throw error;
      }
    }
    const key = rowKeyOf(primaryKey, found);
    const changes = Object.fromEntries(Object.entries(values).filter(([column]) => !(column in key)));
    if (Object.keys(changes).length === 0) return { row: found, created: false };
    const [row = {}] = await data.update(dataSource, table, [{ key, values: changes }]);
    return { row, created: false };
  },
};

function isDouble(error: unknown): boolean {
  return error instanceof AppError && error.code === 'data.not-unique';
}

async function findMatch(
  { data }: FlowActionContext,
  { dataSource, table }: TablePlace,
  { values, match }: { readonly values: Row; readonly match: readonly string[] },
): Promise<Row | undefined> {
  const missing = match.find((column) => values[column] === undefined || values[column] === null);
  if (missing !== undefined) {
    throw inputError({
      code: 'action.match-missing',
      message: `The values hold no ${missing}, which says which row it is.`,
      hint: 'Give it a value, or match on other columns.',
    });
  }
  const filter = {
    and: match.map((column) => ({ column, operator: 'equal' as const, value: values[column] ?? null })),
  };
  const { rows } = await data.list(dataSource, { table, filter, limit: 2 });
  if (rows.length > 1) {
    throw conflict({
      code: 'action.match-ambiguous',
      message: `More than one row of ${table} has these values.`,
      hint: `Match on columns that together are unique; ${match.join(' and ')} are not.`,
    });
  }
  return rows[0];
}
