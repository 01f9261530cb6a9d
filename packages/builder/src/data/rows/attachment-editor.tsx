import { useEffect, useRef, useState } from 'react';
import { ActionIcon, Anchor, FileButton, Group, Progress, Stack, Text, Button } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { readAttachments, writeAttachments, type Attachment } from './attachments.ts';
import { uploadFile, type Upload } from './upload.ts';

/** The files of an attachment column: open, add, remove. Nothing is kept before the row is saved. */
export function AttachmentEditor(props: {
  readonly id: string;
  /** The value as JSON text; '' when there is none. */
  readonly value: string;
  readonly error?: boolean;
  readonly onChange: (value: string | null) => void;
}) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const files = readAttachments(props.value);
  // Uploads end later than they began: they add to what the field holds by then.
  const valueRef = useRef(props.value);
  useEffect(() => {
    valueRef.current = props.value;
  }, [props.value]);
  const uploads = useUploads((added) => {
    const next = writeAttachments([...readAttachments(valueRef.current), ...added]);
    // Two that end together must not take each other's place before the field is drawn again.
    valueRef.current = next ?? '';
    props.onChange(next);
  });
  return (
    <Stack gap={4}>
      {files.map((file, index) => (
        <Group key={file.id} gap={6} wrap="nowrap">
          <IconPaperclip size={14} />
          <Anchor
            size="sm"
            flex={1}
            truncate
            target="_blank"
            rel="noopener"
            title={file.name}
            href={client.url(routes.dataSources.files.download, { params: { workspaceId, file: file.id } })}
          >
            {file.name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {sizeText(file.size)}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="xs"
            aria-label={`Remove ${file.name}`}
            onClick={() => props.onChange(writeAttachments(files.filter((_, at) => at !== index)))}
          >
            <IconX size={12} />
          </ActionIcon>
        </Group>
      ))}
      {uploads.running.map(({ key, name, part, cancel }) => (
        <Group key={key} gap={6} wrap="nowrap">
          <Text size="sm" flex={1} truncate>
            {name}
          </Text>
          <Progress value={part * 100} w={80} aria-label={`Upload of ${name}`} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="xs"
            aria-label={`Cancel the upload of ${name}`}
            onClick={cancel}
          >
            <IconX size={12} />
          </ActionIcon>
        </Group>
      ))}
      {uploads.problem !== undefined && (
        <Text size="xs" c="red" role="alert">
          {uploads.problem}
        </Text>
      )}
      <FileButton multiple onChange={(chosen) => void uploads.add(chosen)}>
        {(button) => (
          <Button
            {...button}
            id={props.id}
            variant="default"
            size="xs"
            leftSection={<IconPaperclip size={14} />}
            w="fit-content"
          >
            Add files
          </Button>
        )}
      </FileButton>
    </Stack>
  );
}

interface RunningUpload {
  readonly key: string;
  readonly name: string;
  readonly part: number;
  readonly cancel: () => void;
}

/** Uploads under way. Leaving the form cancels them. */
function useUploads(onAdded: (files: readonly Attachment[]) => void) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const [running, setRunning] = useState<readonly RunningUpload[]>([]);
  const [problem, setProblem] = useState<string>();
  const open = useRef(new Set<Upload<unknown>>());
  useEffect(() => {
    const uploads = open.current;
    return () => uploads.forEach((upload) => upload.cancel());
  }, []);
  const addOne = async (file: File, key: string): Promise<void> => {
    const form = new FormData();
    form.set('file', file);
    const url = client.url(routes.dataSources.files.upload, { params: { workspaceId } });
    const upload = uploadFile<{ file: Attachment }>(url, form, (part) =>
      setRunning((all) => all.map((one) => (one.key === key ? { ...one, part } : one))),
    );
    open.current.add(upload);
    setRunning((all) => [...all, { key, name: file.name, part: 0, cancel: upload.cancel }]);
    try {
      onAdded([(await upload.done).file]);
    } catch (error) {
      setProblem(error instanceof Error ? `${file.name}: ${error.message}` : undefined);
    } finally {
      open.current.delete(upload);
      setRunning((all) => all.filter((one) => one.key !== key));
    }
  };
  return {
    running,
    problem,
    async add(files: readonly File[]): Promise<void> {
      setProblem(undefined);
      // An upload cannot renew the session; a call before it does.
      await client.call(routes.dataSources.list, { params: { workspaceId } }).catch(() => undefined);
      await Promise.all(files.map((file, index) => addOne(file, `${file.name} ${file.lastModified} ${index}`)));
    },
  };
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
