import { IconBox } from '@tabler/icons-react';
import { useExtensions } from '../../../extensions.ts';

/** The icon a manifest names. */
export function ManifestIcon({ name, size = 18 }: { readonly name: string; readonly size?: number }) {
  const { icons } = useExtensions();
  // Plugins may name one that is not in the set.
  return icons === undefined || !icons.names.includes(name) ? (
    <IconBox size={size} />
  ) : (
    <icons.Icon name={name} size={size} />
  );
}
