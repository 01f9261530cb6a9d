import { useState } from 'react';
import { Button, Group, Select, Textarea, TextInput } from '@mantine/core';
import { routes } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { notifyError, notifySuccess } from '../../../shell/notify.ts';
import { useApp, useDesign, useDispatch, useDraft } from '../../design-context.ts';
import { PanelSection } from '../panel.tsx';

/** Name, description, home screen and address of the app. */
export function AppSection() {
  const app = useApp((state) => state.app);
  const screens = useApp((state) => state.screens);
  const dispatch = useDispatch();
  return (
    <PanelSection title="App">
      <TextInput
        label="Name"
        value={app.name}
        maxLength={100}
        onChange={(event) => {
          if (event.currentTarget.value !== '') {
            dispatch({ type: 'app.update', changes: { name: event.currentTarget.value } }, { mergeKey: 'app:name' });
          }
        }}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxLength={1000}
        value={app.description ?? ''}
        onChange={(event) =>
          dispatch(
            {
              type: 'app.update',
              changes: { description: event.currentTarget.value === '' ? null : event.currentTarget.value },
            },
            { mergeKey: 'app:description' },
          )
        }
      />
      <Select
        label="Home screen"
        placeholder="First screen"
        value={app.home ?? null}
        clearable
        data={Object.values(screens)
          .filter((screen) => !screen.route.includes(':'))
          .map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(home) => dispatch({ type: 'app.update', changes: { home } })}
      />
      <AddressField />
    </PanelSection>
  );
}

function AddressField() {
  const client = useClient();
  const { appId, session } = useDesign();
  const slug = useDraft((state) => state.info.slug);
  const [text, setText] = useState(slug);
  const [isBusy, setIsBusy] = useState(false);
  const save = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const { app } = await client.call(routes.apps.update, { params: { appId }, body: { slug: text } });
      session.setInfo(app);
      notifySuccess(`The app is now at /apps/${app.slug}.`);
    } catch (error) {
      notifyError(error, 'The address was not changed');
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <TextInput
        label="Address"
        description="/apps/…"
        flex={1}
        value={text}
        onChange={(event) => setText(event.currentTarget.value.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-'))}
      />
      <Button variant="default" disabled={text === slug || text === ''} loading={isBusy} onClick={() => void save()}>
        Change
      </Button>
    </Group>
  );
}
