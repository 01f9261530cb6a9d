import { ManifestIcon } from '../../panels/palette/manifest-icon.tsx';
import type { PaletteEntry } from './palette-entries.ts';
import styles from './palette.module.css';

/** The icon of an entry on the ground that says what sort of step it is. */
export function EntryIcon({ entry }: { readonly entry: PaletteEntry }) {
  return (
    <span className={styles['tile']} data-category={entry.tone} aria-hidden="true">
      {typeof entry.icon === 'string' ? <ManifestIcon name={entry.icon} size={16} /> : <entry.icon size={16} />}
    </span>
  );
}
