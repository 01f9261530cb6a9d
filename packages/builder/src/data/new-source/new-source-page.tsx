import { Anchor, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useParams } from 'wouter';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { ChoiceCard } from '../../home/choice-card.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifyError } from '../../shell/notify.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { useWorkspace } from '../../shell/workspace.tsx';
import { ConnectorIcon } from '../connector-icon.tsx';
import { useDataPaths } from '../data-paths.ts';
import { useConnectors, useDataSources } from '../use-data.ts';
import { NewSourceForm } from './new-source-form.tsx';
import styles from '../data.module.css';

/** Adding a data source: choose a kind, then its settings. */
export function NewSourcePage() {
  const params = useParams<{ readonly connector?: string }>();
  const connectors = useConnectors();
  const wanted = params.connector?.replace('~', '/');
  const connector = connectors.data?.connectors.find(({ id }) => id === wanted);
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  if (connector === undefined) return <Gallery />;
  return (
    <Stack gap="lg" className={styles['page']}>
      <div>
        <Anchor
          component="button"
          type="button"
          size="sm"
          style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}
          onClick={() => navigate(paths.newSource)}
        >
          <IconArrowLeft size={14} /> All kinds
        </Anchor>
      </div>
      <PageHeader title={`Connect ${connector.title}`} lead={connector.description} />
      <NewSourceForm connector={connector} />
    </Stack>
  );
}

function Gallery() {
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  const connectors = useConnectors();
  const sources = useDataSources();
  const offered = (connectors.data?.connectors ?? []).filter((connector) => connector.hidden !== true);
  return (
    <Stack gap="lg" className={styles['page']}>
      <PageHeader title="Add a data source" lead="Where is the data that your apps will work with?" />
      {connectors.isPending && <Skeleton height={240} />}
      {connectors.isError && <ErrorState error={connectors.error} onRetry={() => void connectors.refetch()} />}
      <div className={styles['cards']}>
        {offered.map((connector) => (
          <ChoiceCard
            key={connector.id}
            icon={<ConnectorIcon kind="external" connector={connector} size={20} />}
            title={connector.title}
            text={connector.description}
            onClick={() => navigate(`${paths.newSource}/${connector.id.replace('/', '~')}`)}
          />
        ))}
        <ManagedCard
          kind="internal"
          title="Internal database"
          text="Tables that Fettle keeps for you: make them here or from a CSV."
          name="Tables"
          existing={sources.data?.dataSources.find((source) => source.kind === 'internal')?.id}
        />
        <ManagedCard
          kind="demo"
          title="Demo data"
          text="A sample IT desk: assets, people, tickets and changes to look around with."
          name="Demo data"
          existing={sources.data?.dataSources.find((source) => source.kind === 'demo')?.id}
        />
      </div>
    </Stack>
  );
}

/** Data that Fettle keeps itself: there is one of each kind, so a second click opens it. */
function ManagedCard(props: {
  readonly kind: 'internal' | 'demo';
  readonly title: string;
  readonly text: string;
  readonly name: string;
  readonly existing: string | undefined;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const paths = useDataPaths();
  const { id: workspaceId } = useWorkspace();
  const [, navigate] = useLocation();
  const creation = useMutation({
    mutationFn: () =>
      client.call(routes.dataSources.create, { params: { workspaceId }, body: { name: props.name, kind: props.kind } }),
    onSuccess: async ({ dataSource }) => {
      await queries.invalidateQueries({ queryKey: ['data-sources', workspaceId] });
      navigate(paths.source(dataSource.id));
    },
    onError: (error) => notifyError(error, 'It was not added'),
  });
  return (
    <ChoiceCard
      icon={<ConnectorIcon kind={props.kind} size={20} />}
      title={props.title}
      text={props.existing === undefined ? props.text : `${props.text} Already here: open it.`}
      isBusy={creation.isPending}
      onClick={() => (props.existing === undefined ? creation.mutate() : navigate(paths.source(props.existing)))}
    />
  );
}
