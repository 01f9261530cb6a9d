import { Modal as MantineModal } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { OverlayBar, OverlayContent } from '../overlay/overlay-content.tsx';
import { useOverlay } from '../overlay/use-overlay.ts';
import { textOf } from '../text-of.ts';
import type { modalManifest } from './manifest.ts';
import styles from './modal.module.css';

const widths = { small: 380, medium: 560, large: 840, full: '100%' } as const;

/** Implementation of `core/modal`. */
export function Modal({ settings }: ComponentProps<Static<typeof modalManifest.settings>>) {
  const overlay = useOverlay();
  const title = textOf(settings.title);
  const canvasClass = overlay.isDesign ? styles.onCanvas : '';
  const modal = (
    <MantineModal
      opened={overlay.isOpen}
      onClose={overlay.close}
      title={title}
      aria-label={title === '' ? 'Dialog' : undefined}
      size={widths[settings.size]}
      fullScreen={settings.size === 'full'}
      centered={!overlay.isDesign}
      withCloseButton={settings.showClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={settings.closeOnOutsideClick}
      closeOnEscape={settings.closeOnEscape && !overlay.isDesign}
      {...overlay.canvasProps}
      classNames={{
        title: styles.title,
        ...(settings.size === 'full'
          ? { inner: canvasClass }
          : { inner: `${styles.inner} ${canvasClass}`, content: styles.content }),
      }}
      transitionProps={{ transition: 'fade', duration: overlay.isDesign ? 0 : 150 }}
    >
      <OverlayContent />
    </MantineModal>
  );
  if (!overlay.isDesign) return modal;
  return (
    <>
      <OverlayBar icon="browser" title={title || 'Modal'} isOpen={overlay.isOpen} />
      {modal}
    </>
  );
}
