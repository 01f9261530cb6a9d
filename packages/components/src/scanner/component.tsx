import { Button, TextInput } from '@mantine/core';
import { IconCamera, IconCameraOff, IconScan } from '@tabler/icons-react';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useRef, useState, type FormEvent } from 'react';
import type { Static } from 'typebox';
import { useExposed, useMethod } from '../host-hooks.ts';
import { CameraView } from './camera-view.tsx';
import { codeOf } from './code-of.ts';
import type { scannerManifest } from './manifest.ts';
import styles from './scanner.module.css';

/** Implementation of `core/scanner`. */
export function Scanner({ settings }: ComponentProps<Static<typeof scannerManifest.settings>>) {
  const host = useHost();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [last, setLast] = useState({ value: '', code: '', count: 0 });
  const [hasCamera, setCamera] = useState(false);
  const count = useRef(0);
  // Hand scanners are faster than what their codes start: each waits for the one before it, none is lost.
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  useExposed(last);
  useMethod('focus', () => input.current?.focus());
  useMethod('openCamera', () => setCamera(host.mode === 'run' && settings.camera));
  useMethod('closeCamera', () => setCamera(false));

  const take = (scanned: string): void => {
    const value = scanned.trim();
    if (value === '' || host.mode === 'design' || settings.disabled) return;
    count.current += 1;
    const read = { value, code: codeOf(value), count: count.current };
    setLast(read);
    queue.current = queue.current.then(() => host.emit('scan', read)).catch(() => undefined);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    take(text);
    setText('');
    input.current?.focus();
  };
  return (
    <div className={styles.scanner}>
      <form className={styles.line} onSubmit={submit}>
        <TextInput
          ref={input}
          className={styles.input}
          label={settings.label === '' ? undefined : settings.label}
          aria-label={settings.label === '' ? settings.placeholder : undefined}
          placeholder={settings.placeholder}
          disabled={settings.disabled}
          leftSection={<IconScan size={16} aria-hidden />}
          value={text}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="go"
          data-autofocus={settings.autoFocus || undefined}
          autoFocus={settings.autoFocus && host.mode === 'run'}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {text.trim() !== '' && (
          <Button type="submit" variant="default">
            Enter
          </Button>
        )}
        {settings.camera && (
          <Button
            variant={hasCamera ? 'default' : 'filled'}
            disabled={settings.disabled}
            leftSection={hasCamera ? <IconCameraOff size={16} aria-hidden /> : <IconCamera size={16} aria-hidden />}
            onClick={() => setCamera(host.mode === 'run' && !hasCamera)}
          >
            {hasCamera ? 'Stop' : 'Camera'}
          </Button>
        )}
      </form>
      {hasCamera && (
        <CameraView
          onCode={(value) => {
            take(value);
            if (!settings.keepOpen) setCamera(false);
          }}
        />
      )}
      <span className={styles.spoken} role="status">
        {last.count > 0 && `Read ${last.code}`}
      </span>
    </div>
  );
}
