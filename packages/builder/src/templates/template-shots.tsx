import { useState, type KeyboardEvent } from 'react';
import { ActionIcon, Group, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import type { TemplateDetails } from '@fettle/contract';
import { TemplatePicture } from './template-picture.tsx';
import styles from './templates.module.css';

/** The screens of a template, one after the other, on a desktop or a phone. Arrow keys go through them. */
export function TemplateShots({ template }: { readonly template: TemplateDetails }) {
  const { id, name, screenshots } = template;
  const [index, setIndex] = useState(0);
  const [size, setSize] = useState<'desktop' | 'phone'>(() => deviceHere());
  const shown = screenshots[index];
  if (shown === undefined) return null;
  const go = (step: number): void => setIndex((index + step + screenshots.length) % screenshots.length);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || (event.target as HTMLElement).closest('[role="radiogroup"]') !== null) return;
    event.preventDefault();
    go(step);
  };
  return (
    // Keys are for whoever is in it; each of its buttons does the same.
    <section
      className={styles['shots']}
      aria-label={`Screens of ${name}`}
      aria-roledescription="carousel"
      onKeyDown={onKeyDown}
    >
      <div className={styles['stage']} data-size={size}>
        <TemplatePicture template={id} file={shown[size]} label={`${shown.title}, on a ${size}`} size={size} />
      </div>
      <Group justify="space-between" gap="sm" wrap="wrap">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <ActionIcon variant="default" aria-label="Screen before" onClick={() => go(-1)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <ActionIcon variant="default" aria-label="Next screen" onClick={() => go(1)}>
            <IconChevronRight size={16} />
          </ActionIcon>
          <Text size="sm" aria-live="polite" truncate>
            {shown.title}
            <Text span c="dimmed" size="sm">
              {` · ${index + 1} of ${screenshots.length}`}
            </Text>
          </Text>
        </Group>
        <SegmentedControl
          size="xs"
          aria-label="Device"
          value={size}
          onChange={(next) => setSize(next as 'desktop' | 'phone')}
          data={[
            { value: 'desktop', label: <Device icon={<IconDeviceDesktop size={14} />} text="Desktop" /> },
            { value: 'phone', label: <Device icon={<IconDeviceMobile size={14} />} text="Phone" /> },
          ]}
        />
      </Group>
      <ul className={styles['thumbs']}>
        {screenshots.map((shot, place) => (
          <li key={shot.screen}>
            <UnstyledButton
              className={styles['thumb'] ?? ''}
              aria-label={shot.title}
              aria-current={place === index ? 'true' : undefined}
              onClick={() => setIndex(place)}
            >
              <TemplatePicture template={id} file={shot.desktop} label="" size="desktop" />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** On a phone the pictures of phones can be read. */
function deviceHere(): 'desktop' | 'phone' {
  return window.matchMedia('(max-width: 760px)').matches ? 'phone' : 'desktop';
}

/** A device with its sign. */
export function Device({ icon, text }: { readonly icon: React.ReactNode; readonly text: string }) {
  return (
    <Group gap={6} wrap="nowrap">
      {icon}
      {text}
    </Group>
  );
}
