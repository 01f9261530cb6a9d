import { Drawer as MantineDrawer } from '@mantine/core';
import type { ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { DesignedOverlay, OverlayContent } from '../overlay/overlay-content.tsx';
import { useIsPhone } from '../overlay/use-is-phone.ts';
import { useOverlay } from '../overlay/use-overlay.ts';
import { textOf } from '../text-of.ts';
import styles from './drawer.module.css';
import type { drawerManifest } from './manifest.ts';

const widths = { small: 320, medium: 440, large: 680 } as const;

/** Implementation of `core/drawer`. */
export function Drawer({ settings }: ComponentProps<Static<typeof drawerManifest.settings>>) {
  const overlay = useOverlay();
  const isPhone = useIsPhone();
  const title = textOf(settings.title);
  if (overlay.isDesign) {
    return <DesignedOverlay icon="layout-sidebar-right" title={title || 'Drawer'} isOpen={overlay.isOpen} />;
  }
  const isBottom = isPhone || settings.side === 'bottom';
  return (
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
      closeOnEscape={settings.closeOnEscape}
      classNames={{
        title: styles.title,
        content: isBottom ? styles.sheet : styles.side,
        ...(settings.dimBackground ? {} : { inner: styles.loose }),
      }}
      transitionProps={{ duration: 160 }}
    >
      <OverlayContent />
    </MantineDrawer>
  );
}
