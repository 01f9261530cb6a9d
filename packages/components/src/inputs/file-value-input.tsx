import { createShortId } from '@fettle/base';
import { Button, CloseButton, Input, Progress } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useId, useRef, useState, type DragEvent } from 'react';
import type { Json } from '@fettle/base';
import { useForm, useHost, type StoredFile } from '@fettle/sdk/react';
import { filesOf, formatSize } from './format-value.ts';
import type { ControlProps } from './control-props.ts';
import classes from './file-value-input.module.css';

interface Upload {
  readonly id: string;
  readonly name: string;
  readonly part: number;
  readonly error?: string;
}

/** Files: stored one by one as they are chosen or dropped; the value is what was stored. */
export function FileValueInput(
  props: ControlProps & {
    readonly isMultiple?: boolean;
    /** Such as `image/*` or `.pdf,.docx`. */
    readonly accept?: string;
    readonly maxBytes?: number | undefined;
    readonly maxFiles?: number | undefined;
  },
) {
  const host = useHost();
  const form = useForm();
  const fallbackId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [isOver, setOver] = useState(false);
  const files = filesOf(props.value);
  const stored = useRef<readonly StoredFile[]>(files);
  stored.current = files;
  const isLocked = props.isDisabled === true || props.isReadOnly === true;
  const limit = props.isMultiple === true ? (props.maxFiles ?? Infinity) : 1;

  const write = (next: readonly StoredFile[]): void => {
    stored.current = next;
    const value = next.map((file) => ({ ...file }) as Json);
    props.onChange(props.isMultiple === true ? (value.length === 0 ? null : value) : (value[0] ?? null));
  };
  const change = (id: string, patch: Partial<Upload>): void =>
    setUploads((list) => list.map((upload) => (upload.id === id ? { ...upload, ...patch } : upload)));
  const add = (chosen: readonly File[]): void => {
    const storing = store(chosen);
    form?.waitFor(storing);
  };
  /** False when one of them is not stored. */
  const store = async (chosen: readonly File[]): Promise<boolean> => {
    let isWhole = true;
    const room = limit === 1 ? 1 : Math.max(limit - stored.current.length, 0);
    for (const [index, file] of chosen.entries()) {
      const id = createShortId('file');
      const error =
        index >= room
          ? `Only ${limit} ${limit === 1 ? 'file' : 'files'} can be attached.`
          : refuse(file, props, host.locale);
      setUploads((list) => [...list, { id, name: file.name, part: 0, ...(error === undefined ? {} : { error }) }]);
      if (error !== undefined) {
        isWhole = false;
        continue;
      }
      try {
        const result = await host.data.upload(file, (part) => change(id, { part }));
        write(limit === 1 ? [result] : [...stored.current, result]);
        setUploads((list) => list.filter((upload) => upload.id !== id));
      } catch (reason) {
        isWhole = false;
        change(id, { error: reason instanceof Error ? reason.message : 'The file could not be stored.' });
      }
    }
    props.onBlur?.();
    return isWhole;
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!isLocked) add([...event.dataTransfer.files]);
  };

  return (
    <Input.Wrapper
      {...(props.label === undefined ? {} : { label: props.label })}
      {...(props.help === undefined ? {} : { description: props.help })}
      {...(props.error === undefined ? {} : { error: props.error, errorProps: { role: 'alert' } })}
      withAsterisk={props.isRequired === true}
      id={fallbackId}
      size={props.size ?? 'sm'}
    >
      <div
        className={classes.zone}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(!isLocked);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {files.map((file) => (
          <div key={file.id} className={classes.file}>
            <a
              href={host.data.fileUrl(file)}
              target="_blank"
              rel="noreferrer"
              className={classes.name}
              title={file.name}
            >
              {file.name}
            </a>
            <span className={classes.size}>{formatSize(file.size, host.locale)}</span>
            {!isLocked && (
              <CloseButton
                size="sm"
                aria-label={`Remove ${file.name}`}
                onClick={() => write(files.filter((other) => other.id !== file.id))}
              />
            )}
          </div>
        ))}
        {uploads.map((upload) => (
          <div key={upload.id} className={classes.file} role={upload.error === undefined ? undefined : 'alert'}>
            <span className={classes.name}>{upload.name}</span>
            {upload.error === undefined ? (
              <Progress className={classes.progress} value={upload.part * 100} aria-label={`Storing ${upload.name}`} />
            ) : (
              <span className={classes.error}>{upload.error}</span>
            )}
            {upload.error !== undefined && (
              <CloseButton
                size="sm"
                aria-label={`Dismiss ${upload.name}`}
                onClick={() => setUploads((list) => list.filter((other) => other.id !== upload.id))}
              />
            )}
          </div>
        ))}
        {!isLocked && files.length < limit && (
          <div className={classes.add}>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPaperclip size={14} />}
              onClick={() => input.current?.click()}
              ref={props.controlRef as never}
              aria-describedby={props.label === undefined ? undefined : fallbackId}
            >
              {props.isMultiple === true ? 'Choose files' : 'Choose a file'}
            </Button>
            <span className={classes.hint}>or drop {props.isMultiple === true ? 'them' : 'it'} here</span>
          </div>
        )}
        {isLocked && files.length === 0 && uploads.length === 0 && <span className={classes.hint}>No file</span>}
        <input
          ref={input}
          type="file"
          id={fallbackId}
          hidden
          aria-label={props.ariaLabel ?? props.label ?? 'File'}
          multiple={props.isMultiple === true}
          {...(props.accept === undefined || props.accept === '' ? {} : { accept: props.accept })}
          onChange={(event) => {
            const chosen = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            add(chosen);
          }}
        />
      </div>
    </Input.Wrapper>
  );
}

function refuse(
  file: File,
  rules: { readonly accept?: string; readonly maxBytes?: number | undefined },
  locale: string,
): string | undefined {
  if (rules.maxBytes !== undefined && file.size > rules.maxBytes) {
    return `The file is too large: at most ${formatSize(rules.maxBytes, locale)}.`;
  }
  return acceptsFile(file, rules.accept) ? undefined : `Only ${rules.accept ?? ''} files can be attached.`;
}

/** True when a file fits an `accept` list such as `image/*,.pdf`. Dropped files bypass the browser's own check. */
export function acceptsFile(
  file: { readonly name: string; readonly type: string },
  accept: string | undefined,
): boolean {
  const patterns = (accept ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
  if (patterns.length === 0) return true;
  const name = file.name.toLowerCase();
  const type = file.type.toLowerCase();
  return patterns.some((pattern) => {
    if (pattern.startsWith('.')) return name.endsWith(pattern);
    return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  });
}
