import { Drawer as MantineDrawer } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { OverlayBar, OverlayContent } from '../overlay/overlay-content.tsx';
import { useOverlay } from '../overlay/use-overlay.ts';
import { textOf } from '../text-of.ts';
import styles from './drawer.module.css';
import type { drawerManifest } from './manifest.ts';

const widths = { small: 320, medium: 440, large: 680 } as const;

/** Implementation of `core/drawer`. */
export function Drawer({ settings }: ComponentProps<Static<typeof drawerManifest.settings>>) {
  const overlay = useOverlay();
  const title = textOf(settings.title);
  const isBottom = settings.side === 'bottom';
  const drawer = (
    <MantineDrawer
      opened={overlay.isOpen}
      onClose={overlay.close}
      title={title}
      aria-label={title === '' ? 'Drawer' : undefined}
      position={isBottom ? 'bottom' : settings.side}
      size={isBottom ? '85%' : widths[settings.size]}
      withOverlay={settings.dimBackground}
      // Without the dimming the screen behind stays usable: it scrolls, and focus may leave.
      lockScroll={settings.dimBackground}
      trapFocus={settings.dimBackground}
      withCloseButton={settings.showClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={settings.closeOnOutsideClick && settings.dimBackground}
      closeOnEscape={settings.closeOnEscape && !overlay.isDesign}
      {...overlay.canvasProps}
      classNames={{
        title: styles.title,
        inner: [styles.inner, settings.dimBackground ? '' : styles.loose, overlay.isDesign ? styles.onCanvas : ''].join(
          ' ',
        ),
        content: isBottom ? styles.bottom : styles.side,
      }}
      transitionProps={{ duration: overlay.isDesign ? 0 : 160 }}
    >
      <OverlayContent />
    </MantineDrawer>
  );
  if (!overlay.isDesign) return drawer;
  return (
    <>
      <OverlayBar icon="layout-sidebar-right" title={title || 'Drawer'} isOpen={overlay.isOpen} />
      {drawer}
    </>
  );
}
