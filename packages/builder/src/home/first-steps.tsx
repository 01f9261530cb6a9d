import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconDatabase, IconLayout, IconLayoutGrid, IconSparkles } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useWorkspace } from '../shell/workspace.tsx';
import { ChoiceCard } from './choice-card.tsx';
import { useCreateApp } from './use-create-app.ts';

/** An empty workspace: one question, a few answers; each ends in a working app. */
export function FirstSteps({ onCreate }: { readonly onCreate: () => void }) {
  const { slug } = useWorkspace();
  const [, navigate] = useLocation();
  const creation = useCreateApp();
  return (
    <Stack gap="md" maw={860}>
      <div>
        <Title order={2} size="h4">
          What would you like to begin with?
        </Title>
        <Text size="sm" c="dimmed">
          You can do the others later.
        </Text>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <ChoiceCard
          icon={<IconDatabase size={18} />}
          title="Start with your data"
          text="Connect a database and get an app for the tables you pick."
          onClick={() => navigate(`/w/${slug}/data/new`)}
        />
        <ChoiceCard
          icon={<IconLayoutGrid size={18} />}
          title="Start from a template"
          text="A complete app with tables, roles and flows, to make your own."
          onClick={() => navigate(`/w/${slug}/templates`)}
        />
        <ChoiceCard
          icon={<IconSparkles size={18} />}
          title="Look around the demo"
          text="An IT desk app on a sample database: tickets, assets, people, changes."
          isBusy={creation.isPending}
          onClick={() => creation.mutate({ name: 'IT desk', from: { kind: 'demo' } })}
        />
        <ChoiceCard
          icon={<IconLayout size={18} />}
          title="Start from scratch"
          text="A blank app, or one from tables you already connected."
          onClick={onCreate}
        />
      </SimpleGrid>
    </Stack>
  );
}
