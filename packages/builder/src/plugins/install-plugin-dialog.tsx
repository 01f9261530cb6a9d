import { useEffect, useRef, useState } from 'react';
import { Button, FileInput, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core';
import type { PluginInspection } from '@fettle/contract';
import { ErrorState } from '../shell/error-state.tsx';
import { notifySuccess } from '../shell/notify.ts';
import { AgreeToPlugin } from './agree-to-plugin.tsx';
import { useInspectPlugin, useInstallPlugin, type ChosenPlugin } from './use-plugins.ts';

interface Props {
  readonly isOpen: boolean;
  readonly allows: { readonly registry: boolean; readonly folder: boolean };
  /** Where an installed plugin came from, for its update. */
  readonly start?: { readonly kind: ChosenPlugin['kind']; readonly name: string } | undefined;
  readonly onClose: () => void;
}

/** Chooses a plugin, shows what it is and asks for, and installs it. */
export function InstallPluginDialog(props: Props) {
  const { isOpen, start, onClose } = props;
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={start === undefined ? 'Install a plugin' : 'Update a plugin'}
      centered
      size="lg"
      closeOnClickOutside={false}
    >
      <InstallPlugin {...props} />
    </Modal>
  );
}

function InstallPlugin({ allows, start, onClose }: Props) {
  const [inspection, setInspection] = useState<PluginInspection>();
  const inspect = useInspectPlugin(setInspection);
  const install = useInstallPlugin((plugin) => {
    notifySuccess(`${plugin.title} ${plugin.version} is installed.`);
    onClose();
  });
  if (inspection !== undefined)
    return (
      <AgreeToPlugin
        inspection={inspection}
        error={install.error}
        isBusy={install.isPending}
        onAgree={() => install.mutate(inspection)}
        onBack={() => {
          install.reset();
          inspect.reset();
          setInspection(undefined);
        }}
      />
    );
  return (
    <ChoosePlugin
      allows={allows}
      start={start}
      error={inspect.error}
      isBusy={inspect.isPending}
      onChosen={(chosen) => inspect.mutate(chosen)}
      onCancel={onClose}
    />
  );
}

const labels: Readonly<Record<ChosenPlugin['kind'], string>> = {
  file: 'File',
  registry: 'Package',
  url: 'Address',
  folder: 'Folder',
};

function ChoosePlugin(props: {
  readonly allows: Props['allows'];
  readonly start: Props['start'];
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onChosen: (chosen: ChosenPlugin) => void;
  readonly onCancel: () => void;
}) {
  const { allows, start, error, isBusy, onChosen, onCancel } = props;
  const [kind, setKind] = useState<ChosenPlugin['kind']>(start?.kind ?? 'file');
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState(start?.name ?? '');
  const [integrity, setIntegrity] = useState('');
  const kinds = (['file', 'registry', 'url', 'folder'] as const).filter(
    (one) => (one !== 'registry' || allows.registry) && (one !== 'folder' || allows.folder),
  );
  // Whoever comes back from looking at one goes on here.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);
  const chosen = chosenOf(kind, { file, text: text.trim(), integrity: integrity.trim() });
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) onChosen(chosen);
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label="Where the plugin comes from"
          value={kind}
          onChange={(next) => {
            setKind(next as ChosenPlugin['kind']);
            setText('');
          }}
          data={kinds.map((value) => ({ value, label: labels[value] }))}
        />
        {kind === 'file' && (
          <FileInput
            label="Packed plugin"
            description="The .tgz file that `fettle plugin pack` or `npm pack` made. Nothing of it runs before you agree."
            placeholder="Choose a file"
            accept=".tgz,.gz,application/gzip"
            value={file}
            onChange={setFile}
            data-autofocus
            clearable
          />
        )}
        {kind === 'registry' && (
          <TextInput
            label="Package"
            description="Its name in the registry of this installation; a version after @ when it is not to be the latest."
            placeholder="@acme/it-operations@1.2.0"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
        )}
        {kind === 'url' && (
          <>
            <TextInput
              label="Address"
              description="Where the .tgz file is. The server gets it, so it must be reachable from there."
              placeholder="https://example.com/it-operations-1.2.0.tgz"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              data-autofocus
            />
            <TextInput
              label="Its sum (optional)"
              description="As its publisher announces it. Another file than that is refused."
              placeholder="sha512-…"
              value={integrity}
              onChange={(event) => setIntegrity(event.currentTarget.value)}
            />
          </>
        )}
        {kind === 'folder' && (
          <TextInput
            label="Folder on the server"
            description="For plugins that are being written: the folder that `fettle plugin build` writes."
            placeholder="/home/me/plugins/it-operations/dist"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
        )}
        {error !== null && <ErrorState error={error} title="The plugin cannot be installed" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={chosen === undefined} loading={isBusy}>
            Look at it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function chosenOf(
  kind: ChosenPlugin['kind'],
  given: { readonly file: File | null; readonly text: string; readonly integrity: string },
): ChosenPlugin | undefined {
  const { file, text, integrity } = given;
  if (kind === 'file') return file === null ? undefined : { kind, file };
  if (text === '') return undefined;
  switch (kind) {
    case 'url':
      return { kind, url: text, ...(integrity === '' ? {} : { integrity }) };
    case 'folder':
      return { kind, path: text };
    case 'registry': {
      const at = text.lastIndexOf('@');
      return at > 0 ? { kind, name: text.slice(0, at), version: text.slice(at + 1) } : { kind, name: text };
    }
  }
}
