import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconApps, IconPlus, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { routes, type DataSourceInfo } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { CreateAppDialog } from '../../home/create-app-dialog.tsx';
import { notifyError, notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { CreateTableDialog } from '../structure/create-table-dialog.tsx';
import { useKeepSchema, useSchema } from '../use-data.ts';

/** What can be done with a data source as a whole. */
export function SourceActions({
  source,
  isWithTables,
}: {
  readonly source: DataSourceInfo;
  readonly isWithTables: boolean;
}) {
  const [open, setOpen] = useState<'app' | 'table'>();
  const schema = useSchema(source.id, isWithTables);
  const refresh = useRefresh(source);
  const isEmpty = schema.data?.schema.tables.length === 0;
  if (!isWithTables) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={14} />}
        loading={refresh.isPending}
        onClick={() => refresh.mutate()}
      >
        Refresh structure
      </Button>
      {source.kind === 'internal' && (
        <Button
          variant={isEmpty ? 'filled' : 'default'}
          leftSection={<IconPlus size={14} />}
          onClick={() => setOpen('table')}
        >
          New table
        </Button>
      )}
      {!isEmpty && (
        <Button leftSection={<IconApps size={14} />} onClick={() => setOpen('app')} disabled={!schema.isSuccess}>
          Make an app from tables
        </Button>
      )}
      <CreateAppDialog
        isOpen={open === 'app'}
        onClose={() => setOpen(undefined)}
        picked={{ dataSource: source.id, tables: [] }}
      />
      <CreateTableDialog dataSource={source.id} isOpen={open === 'table'} onClose={() => setOpen(undefined)} />
    </>
  );
}

function useRefresh(source: DataSourceInfo) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const keep = useKeepSchema(source.id);
  return useMutation({
    mutationFn: () => client.call(routes.dataSources.refreshSchema, { params: { workspaceId, dataSource: source.id } }),
    onSuccess: (reply) => {
      keep(reply);
      notifySuccess(`The structure of ${source.name} is read again: ${reply.schema.tables.length} tables.`);
    },
    onError: (error) => notifyError(error, 'The structure could not be read'),
  });
}
