import { useState } from 'react';
import { ActionIcon, Button, Group, Modal, ScrollArea, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { IconFileTypeCsv, IconPlus, IconTableColumn, IconX } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import { useDataPaths } from '../data-paths.ts';
import { useSchema } from '../use-data.ts';
import { nameProblem, newField, specificationOf, type FieldDraft } from './field-draft.ts';
import { FieldForm } from './field-form.tsx';
import { TableFromCsv } from './table-from-csv.tsx';
import { useStructure } from './use-structure.ts';

interface DialogProps {
  readonly dataSource: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Making an internal table: column by column, or out of a CSV file. */
export function CreateTableDialog(props: DialogProps) {
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  const done = (table: string): void => {
    props.onClose();
    navigate(paths.table(props.dataSource, table));
  };
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="New table" size="lg" centered>
      <Tabs defaultValue="columns" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="columns" leftSection={<IconTableColumn size={14} />}>
            Columns
          </Tabs.Tab>
          <Tabs.Tab value="csv" leftSection={<IconFileTypeCsv size={14} />}>
            From CSV
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="columns">
          <TableFromColumns {...props} onDone={done} />
        </Tabs.Panel>
        <Tabs.Panel value="csv">
          <TableFromCsv dataSource={props.dataSource} onClose={props.onClose} onDone={done} />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

interface Line {
  readonly key: number;
  readonly draft: FieldDraft;
}

function TableFromColumns({ dataSource, onClose, onDone }: DialogProps & { readonly onDone: (table: string) => void }) {
  const schema = useSchema(dataSource).data?.schema;
  const structure = useStructure(dataSource);
  const [name, setName] = useState('');
  const [lines, setLines] = useState<readonly Line[]>([
    { key: 0, draft: { ...newField, name: 'name', isRequired: true } },
  ]);
  const [isTried, setIsTried] = useState(false);
  const badName = nameProblem(
    name,
    (schema?.tables ?? []).map(({ id }) => id),
  );
  const problems = lines.map(({ draft }, index) => fieldProblem(draft, index, lines));
  const create = (): void => {
    setIsTried(true);
    const fields = lines.map(({ draft }) => specificationOf(draft)).flatMap((field) => (field.ok ? [field.value] : []));
    if (badName !== undefined || problems.some((problem) => problem !== undefined)) return;
    structure.mutate(
      { kind: 'create-table', name, fields },
      {
        onSuccess: () => {
          notifySuccess(`The table ${name} is made.`);
          onDone(name);
        },
      },
    );
  };
  const set = (key: number, draft: FieldDraft): void =>
    setLines(lines.map((line) => (line.key === key ? { key, draft } : line)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name of the table"
          placeholder="customers"
          value={name}
          error={isTried ? badName : undefined}
          maxLength={60}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          Every table gets a key column “id” by itself.
        </Text>
        <ScrollArea.Autosize mah="45vh" type="auto" offsetScrollbars>
          <Stack gap="lg">
            {lines.map(({ key, draft }, index) => (
              <Group key={key} align="flex-start" wrap="nowrap" gap="xs">
                <div style={{ flex: 1 }}>
                  <FieldForm
                    value={draft}
                    schema={schema}
                    ownTable={name}
                    nameProblem={isTried ? problems[index] : undefined}
                    onChange={(next) => set(key, next)}
                  />
                </div>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  mt={24}
                  aria-label={`Remove the column ${draft.name || index + 1}`}
                  onClick={() => setLines(lines.filter((line) => line.key !== key))}
                >
                  <IconX size={14} />
                </ActionIcon>
              </Group>
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() =>
            setLines([...lines, { key: Math.max(-1, ...lines.map((line) => line.key)) + 1, draft: newField }])
          }
        >
          Add column
        </Button>
        {structure.isError && <ErrorState error={structure.error} title="The table was not made" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={structure.isPending}>
            Create table
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function fieldProblem(draft: FieldDraft, index: number, lines: readonly Line[]): string | undefined {
  const others = lines.filter((_, at) => at !== index).map((line) => line.draft.name);
  const badName = nameProblem(draft.name, ['id', ...others]);
  if (badName !== undefined) return badName;
  const built = specificationOf(draft);
  return built.ok ? undefined : built.error;
}
