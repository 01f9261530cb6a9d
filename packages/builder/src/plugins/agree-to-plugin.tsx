import { useEffect, useRef } from 'react';
import { Alert, Anchor, Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { PluginInspection } from '@fettle/contract';
import { ErrorState } from '../shell/error-state.tsx';
import { PermissionList } from './permission-list.tsx';
import { kindWord, signerWords, sourceWords } from './plugin-words.ts';

/** What a plugin is and asks for. Whoever agrees gives it all of that; it is installed as it is, or not at all. */
export function AgreeToPlugin(props: {
  readonly inspection: PluginInspection;
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onAgree: () => void;
  readonly onBack: () => void;
}) {
  const { inspection, error, isBusy, onAgree, onBack } = props;
  const { action, refusal, permissions, signer } = inspection;
  const isUpdate = action === 'update';
  const isMore = isUpdate && permissions.some(({ change }) => change === 'added');
  return (
    <Stack gap="md">
      <Head inspection={inspection} />
      <Stack gap={6}>
        <Title order={3} size="h5">
          What it brings
        </Title>
        <List size="sm" spacing={2}>
          {inspection.contributions.map(({ kind, id, title, description }) => (
            <List.Item key={`${kind} ${id}`}>
              <Text span fw={500} size="sm">
                {title}
              </Text>{' '}
              <Text span c="dimmed" size="sm">
                {kindWord(kind)}. {description}
              </Text>
            </List.Item>
          ))}
        </List>
      </Stack>
      <Stack gap={6}>
        <Title order={3} size="h5">
          What it may do once you agree
        </Title>
        {isUpdate && <Text size="sm">{differenceWords(inspection)}</Text>}
        <PermissionList permissions={permissions} contributions={inspection.contributions} isUpdate={isUpdate} />
        <Text size="xs" c="dimmed">
          {whereItRuns(inspection.contributions)} It can do what stands here, and nothing else.
        </Text>
      </Stack>
      {signer.state !== 'trusted' && refusal === undefined && action !== 'none' && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle size={16} />}>
          {signerWords(signer)}. {isUpdate ? 'Update' : 'Install'} it only if you know its publisher.
        </Alert>
      )}
      {refusal !== undefined && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={16} />} title={refusal.message}>
          {refusal.hint}
        </Alert>
      )}
      {action === 'none' && (
        <Alert color="gray" variant="light">
          This very archive is installed already. There is nothing to do.
        </Alert>
      )}
      {error !== null && <ErrorState error={error} title="The plugin was not installed" />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button disabled={refusal !== undefined || action === 'none'} loading={isBusy} onClick={onAgree}>
          {!isUpdate ? 'Agree and install' : isMore ? 'Agree and update' : 'Update'}
        </Button>
      </Group>
    </Stack>
  );
}

/** What an update asks for, against the installed version. */
function differenceWords({ permissions, installedVersion = '' }: PluginInspection): string {
  const count = (change: 'added' | 'removed'): number => permissions.filter((one) => one.change === change).length;
  const [more, less] = [count('added'), count('removed')];
  if (more === 0 && less === 0) return `The same as ${installedVersion}.`;
  const parts = [...(more === 0 ? [] : [`${more} more`]), ...(less === 0 ? [] : [`${less} fewer`])];
  return `Compared with ${installedVersion}: ${parts.join(', ')}.`;
}

function whereItRuns(contributions: PluginInspection['contributions']): string {
  const hasComponents = contributions.some(({ kind }) => kind === 'component');
  const hasFunctions = contributions.some(({ kind }) => kind === 'function');
  const hasOthers = contributions.some(({ kind }) => kind !== 'component' && kind !== 'function');
  return [
    ...(hasOthers ? ['Its code runs apart from the server, without files, network or environment of its own.'] : []),
    ...(hasComponents
      ? [
          'Its components run in frames, apart from the page and from what people are signed in to, until you trust this version.',
        ]
      : []),
    ...(hasFunctions ? ['Its functions are expressions: none of its code runs for them.'] : []),
  ].join(' ');
}

function Head({ inspection }: { readonly inspection: PluginInspection }) {
  const { title, version, installedVersion, description, author, license, homepage, source, signer } = inspection;
  const heading = useRef<HTMLHeadingElement>(null);
  // It takes the place of what had the focus: what it says is read from here.
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Title order={2} size="h4" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {title}
        </Title>
        <Badge variant="light" color="gray" tt="none">
          {installedVersion === undefined || installedVersion === version
            ? version
            : `${installedVersion} → ${version}`}
        </Badge>
      </Group>
      <Text size="sm">{description}</Text>
      <Text size="xs" c="dimmed">
        {[
          author === undefined ? undefined : `By ${author}`,
          license,
          sourceWords(source),
          signer.state === 'trusted' ? signerWords(signer) : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </Text>
      {homepage !== undefined && (
        <Anchor href={homepage} target="_blank" rel="noreferrer" size="xs">
          {homepage}
        </Anchor>
      )}
    </Stack>
  );
}
