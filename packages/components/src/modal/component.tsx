import { Modal as MantineModal } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { DesignedOverlay, OverlayContent } from '../overlay/overlay-content.tsx';
import { useIsPhone } from '../overlay/use-is-phone.ts';
import { useOverlay } from '../overlay/use-overlay.ts';
import { textOf } from '../text-of.ts';
import type { modalManifest } from './manifest.ts';
import styles from './modal.module.css';

const widths = { small: 380, medium: 560, large: 840, full: '100%' } as const;

/** Implementation of `core/modal`. */
export function Modal({ settings }: ComponentProps<Static<typeof modalManifest.settings>>) {
  const overlay = useOverlay();
  const isPhone = useIsPhone();
  const title = textOf(settings.title);
  if (overlay.isDesign) return <DesignedOverlay icon="browser" title={title || 'Modal'} isOpen={overlay.isOpen} />;
  const sheet = isPhone && settings.size !== 'full' ? { inner: styles.sheetInner, content: styles.sheet } : {};
  return (
    <MantineModal
      opened={overlay.isOpen}
      onClose={overlay.close}
      title={title}
      aria-label={title === '' ? 'Dialog' : undefined}
      size={isPhone ? '100%' : widths[settings.size]}
      fullScreen={settings.size === 'full'}
      centered={!isPhone}
      withCloseButton={settings.showClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={settings.closeOnOutsideClick}
      closeOnEscape={settings.closeOnEscape}
      classNames={{ title: styles.title, ...sheet }}
      transitionProps={{ transition: isPhone ? 'slide-up' : 'fade', duration: 150 }}
    >
      <OverlayContent />
    </MantineModal>
  );
}
