import { useMutation } from '@tanstack/react-query';
import type { FieldSpecification } from '@fettle/sdk';
import { routes, type RouteOutput } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { useKeepSchema } from '../use-data.ts';

type SchemaReply = RouteOutput<typeof routes.dataSources.schema>;

/** A change of the structure of internal tables. */
export type StructureChange =
  | { readonly kind: 'create-table'; readonly name: string; readonly fields: readonly FieldSpecification[] }
  | { readonly kind: 'rename-table'; readonly table: string; readonly name: string }
  | { readonly kind: 'drop-table'; readonly table: string; readonly confirm: string }
  | { readonly kind: 'add-column'; readonly table: string; readonly field: FieldSpecification }
  | {
      readonly kind: 'change-column';
      readonly table: string;
      readonly column: string;
      readonly name?: string;
      readonly field?: FieldSpecification;
    }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string };

/** Changing the structure of internal tables; the tree and the pages follow at once. */
export function useStructure(dataSource: string) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const keep = useKeepSchema(dataSource);
  const { dataSources } = routes;
  const place = { workspaceId, dataSource };
  const send = (change: StructureChange): Promise<SchemaReply> => {
    switch (change.kind) {
      case 'create-table':
        return client.call(dataSources.createTable, {
          params: place,
          body: { name: change.name, fields: change.fields.map(bodyOf) },
        });
      case 'rename-table':
        return client.call(dataSources.renameTable, {
          params: { ...place, table: change.table },
          body: { name: change.name },
        });
      case 'drop-table':
        return client.call(dataSources.dropTable, {
          params: { ...place, table: change.table },
          query: { confirm: change.confirm },
        });
      case 'add-column':
        return client.call(dataSources.addColumn, {
          params: { ...place, table: change.table },
          body: { field: bodyOf(change.field) },
        });
      case 'change-column':
        return client.call(dataSources.changeColumn, {
          params: { ...place, table: change.table, column: change.column },
          body: {
            ...(change.name === undefined ? {} : { name: change.name }),
            ...(change.field === undefined ? {} : { field: bodyOf(change.field) }),
          },
        });
      case 'drop-column':
        return client.call(dataSources.dropColumn, {
          params: { ...place, table: change.table, column: change.column },
        });
    }
  };
  return useMutation({ mutationFn: send, onSuccess: keep });
}

function bodyOf(field: FieldSpecification) {
  const { options, ...rest } = field;
  return { ...rest, ...(options === undefined ? {} : { options: [...options] }) };
}
