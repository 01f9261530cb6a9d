import { useMemo, useState } from 'react';
import { Button, Chip, Group, Skeleton, Stack, TextInput, Title } from '@mantine/core';
import { IconLayoutGrid, IconSearch } from '@tabler/icons-react';
import { useQuerySearch } from './use-query-search.ts';
import { matchesSearch } from '../home/matches-search.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { TemplateCard } from './template-card.tsx';
import { useTemplates } from './use-templates.ts';
import styles from './templates.module.css';

const all = '';

/** The gallery of templates, by category. */
export function TemplatesPage() {
  const templates = useTemplates();
  const [category, setCategory] = useQuerySearch('category');
  const [search, setSearch] = useState('');
  const cards = useMemo(() => templates.data?.templates ?? [], [templates.data]);
  const categories = useMemo(() => [...new Set(cards.map((card) => card.category))], [cards]);
  const found = cards.filter(
    (card) =>
      (category === all || card.category === category) &&
      matchesSearch(search, [card.name, card.summary, card.category, ...card.tags]),
  );
  const clear = (): void => {
    setSearch('');
    setCategory(all);
  };
  return (
    <Stack gap="lg" className={styles['page']}>
      <PageHeader
        title="Templates"
        lead="Complete apps with tables, roles and flows. Try one, install it, make it yours."
        actions={
          cards.length > 0 && (
            <TextInput
              aria-label="Search templates"
              placeholder="Search templates"
              leftSection={<IconSearch size={14} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
              w={240}
            />
          )
        }
      />
      {categories.length > 1 && (
        <Chip.Group value={category} onChange={setCategory}>
          <Group gap="xs" role="group" aria-label="Category">
            {[all, ...categories].map((name) => (
              <Chip key={name} value={name} size="xs" variant="light">
                {name === all ? 'All' : name}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {templates.isPending && (
        <div className={styles['grid']} role="status" aria-label="Loading">
          {[1, 2, 3, 4, 5, 6].map((number) => (
            <Skeleton key={number} height={264} radius="md" />
          ))}
        </div>
      )}
      {templates.isError && (
        <ErrorState
          error={templates.error}
          title="The templates could not be loaded"
          onRetry={() => void templates.refetch()}
        />
      )}
      {templates.isSuccess && cards.length === 0 && (
        <EmptyState
          icon={<IconLayoutGrid size={20} />}
          title="No templates here"
          text="This installation has none. Whoever runs it can name a folder of templates in FETTLE_TEMPLATES_DIR."
        />
      )}
      {cards.length > 0 && found.length === 0 && (
        <EmptyState
          icon={<IconLayoutGrid size={20} />}
          title="No template matches"
          text={search === '' ? 'There is none of this category.' : `None of them is about “${search}”.`}
        >
          <Button variant="default" onClick={clear}>
            Show all
          </Button>
        </EmptyState>
      )}
      {categories
        .map((name) => ({ name, inside: found.filter((card) => card.category === name) }))
        .filter(({ inside }) => inside.length > 0)
        .map(({ name, inside }) => (
          <section key={name} aria-label={name}>
            <Title order={2} size="h5" mb="sm">
              {name}
            </Title>
            <ul className={styles['grid']}>
              {inside.map((card) => (
                <li key={card.id}>
                  <TemplateCard template={card} />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </Stack>
  );
}
