import { useState } from 'react';
import {
  Button,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import type { FlowAlert, FlowAlertSettings, FlowHealth } from '@fettle/contract';
import { useMembers } from '../../members/use-members.ts';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import { titleOfFlow } from '../use-operations.ts';
import { alertKinds, alertProblem, conditionText, newAlert } from './alert-words.ts';
import { useAlertChanges } from './use-alerts.ts';

interface Props {
  readonly appId: string;
  readonly edited: FlowAlert | 'new' | undefined;
  readonly flows: FlowHealth['flows'];
  readonly hasMail: boolean;
  readonly onClose: () => void;
}

/** Adds an alert, or changes one. */
export function AlertDialog(props: Props) {
  const { edited, onClose } = props;
  return (
    <Modal
      opened={edited !== undefined}
      onClose={onClose}
      title={edited === undefined || edited === 'new' ? 'New alert' : `Change ${edited.name}`}
      centered
      closeOnClickOutside={false}
    >
      {edited !== undefined && <AlertForm {...props} edited={edited} />}
    </Modal>
  );
}

function AlertForm({ appId, edited, flows, hasMail, onClose }: Props & { readonly edited: FlowAlert | 'new' }) {
  const [settings, setSettings] = useState<FlowAlertSettings>(() => (edited === 'new' ? newAlert : settingsOf(edited)));
  const [isAsked, setIsAsked] = useState(false);
  const { save } = useAlertChanges(appId);
  const members = useMembers().data?.members ?? [];
  const set = (changes: Partial<FlowAlertSettings>): void => setSettings({ ...settings, ...changes });
  const { kind, count, minutes } = settings;
  const choices = flows
    .filter(({ name }) => name !== undefined)
    .map(({ flow }) => ({ value: flow, label: titleOfFlow(flows, flow) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const flowTitle = settings.flow === null ? undefined : titleOfFlow(flows, settings.flow);
  const suggested = conditionText(settings, flowTitle)
    .replace(/^When (a )?/, '')
    .slice(0, 100);
  const named = { ...settings, name: settings.name.trim() === '' ? capital(suggested) : settings.name.trim() };
  const problem = alertProblem(named);
  const people = [
    ...members.map((member) => ({ value: member.userId, label: `${member.name} (${member.email})` })),
    ...settings.people
      .filter((person) => members.every(({ userId }) => userId !== person))
      .map((person) => ({ value: person, label: person })),
  ];
  const storeIt = (): void => {
    setIsAsked(true);
    if (problem !== undefined) return;
    const id = edited === 'new' ? undefined : edited.id;
    save.mutate(
      { id, settings: named },
      {
        onSuccess: () => {
          notifySuccess(
            edited === 'new' ? 'The alert is there. It looks at what happens from now on.' : 'The alert is changed.',
          );
          onClose();
        },
      },
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        storeIt();
      }}
    >
      <Stack gap="md">
        <Select
          label="When"
          description={alertKinds.find(({ value }) => value === kind)?.hint}
          allowDeselect={false}
          data={alertKinds.map(({ value, label }) => ({ value, label }))}
          value={kind}
          onChange={(value) => set({ kind: value as FlowAlert['kind'] })}
          data-autofocus
        />
        <Select
          label="Of"
          placeholder="Every flow of the app"
          clearable
          searchable
          nothingFoundMessage="No such flow in the published app"
          data={choices}
          value={settings.flow}
          onChange={(flow) => set({ flow })}
        />
        {kind !== 'failure' && (
          <Group grow align="flex-end">
            {kind === 'failures' && (
              <NumberInput
                label="Failed runs"
                min={1}
                max={100_000}
                allowDecimal={false}
                value={count}
                onChange={(value) => set({ count: whole(value, 100_000) })}
              />
            )}
            <NumberInput
              label={kind === 'failures' ? 'Within, in minutes' : 'Longer than, in minutes'}
              min={1}
              max={44_640}
              allowDecimal={false}
              value={minutes}
              onChange={(value) => set({ minutes: whole(value, 44_640) })}
            />
          </Group>
        )}
        <MultiSelect
          label="Notify"
          description="Members of the workspace, by the bell in Fettle."
          placeholder={settings.people.length === 0 ? 'Choose people' : ''}
          searchable
          data={people}
          value={[...settings.people]}
          onChange={(value) => set({ people: value })}
        />
        <TagsInput
          label="E-mail to"
          description={
            hasMail
              ? 'Addresses of anybody. Press Enter after each.'
              : 'The installation has no mail server: nothing is sent until its operator sets one.'
          }
          placeholder={settings.emails.length === 0 ? 'oncall@example.com' : ''}
          splitChars={[',', ' ', ';']}
          acceptValueOnBlur
          value={[...settings.emails]}
          onChange={(emails) => set({ emails })}
        />
        <Select
          label="Start a flow"
          description="It gets the alert as its trigger: state, flow, message, count, since, link."
          placeholder="None"
          clearable
          searchable
          nothingFoundMessage="No such flow in the published app"
          data={choices}
          value={settings.startFlow}
          onChange={(startFlow) => set({ startFlow })}
        />
        <TextInput
          label="Name"
          description="What messages and the list call it."
          placeholder={capital(suggested)}
          maxLength={100}
          value={settings.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        {isAsked && problem !== undefined && (
          <Text size="sm" c="red" role="alert">
            {problem}
          </Text>
        )}
        {save.isError && <ErrorState error={save.error} title="The alert was not stored" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {edited === 'new' ? 'Add alert' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function settingsOf({ id: _id, firing: _firing, problem: _problem, ...settings }: FlowAlert): FlowAlertSettings {
  return settings;
}

const whole = (value: string | number, most: number): number =>
  Math.min(most, Math.max(1, Math.round(Number(value)) || 1));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
