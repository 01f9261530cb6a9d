import { Text, UnstyledButton } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { Static } from 'typebox';
import { useEvent } from '../host-hooks.ts';
import { safeResourceUrl } from '../safe-url.ts';
import { Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import styles from './image.module.css';
import type { imageManifest } from './manifest.ts';

/** Implementation of `core/image`. */
export function Image({ settings }: ComponentProps<Static<typeof imageManifest.settings>>) {
  const host = useHost();
  const click = useEvent('click');
  const url = safeResourceUrl(settings.url);
  const [broken, setBroken] = useState<string | undefined>();
  const description = textOf(settings.description);
  const caption = textOf(settings.caption);

  if (url === undefined) {
    if (textOf(settings.url) !== '') return <Missing text="This address cannot be shown as a picture." />;
    return host.mode === 'design' ? <Placeholder icon="photo" hint="Enter the address of the picture" /> : null;
  }
  if (broken === url) return <Missing text={description === '' ? 'The picture could not be loaded.' : description} />;

  const picture = (
    <img
      className={styles.picture}
      src={url}
      alt={description}
      loading="lazy"
      data-shape={settings.shape}
      style={{ objectFit: settings.fit, ...(settings.height === undefined ? {} : { height: settings.height }) }}
      onError={() => setBroken(url)}
    />
  );
  return (
    <figure className={styles.figure}>
      {click.isActive ? (
        <UnstyledButton
          className={styles.button}
          aria-label={description || 'Picture'}
          onClick={() => void click.run()}
        >
          {picture}
        </UnstyledButton>
      ) : (
        picture
      )}
      {caption !== '' && (
        <Text component="figcaption" size="xs" c="dimmed" mt={4}>
          {caption}
        </Text>
      )}
    </figure>
  );
}

function Missing({ text }: { text: string }) {
  return (
    <div className={styles.missing}>
      <IconPhotoOff size={18} aria-hidden />
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </div>
  );
}
