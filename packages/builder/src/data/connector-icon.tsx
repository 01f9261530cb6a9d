import { IconDatabase, IconFlask, IconTable } from '@tabler/icons-react';
import type { ConnectorManifest } from '@fettle/sdk';
import { useExtensions } from '../extensions.ts';

/** The icon of a data source: by its kind, else the one its connector names. */
export function ConnectorIcon(props: {
  readonly kind: 'external' | 'internal' | 'demo';
  readonly connector?: ConnectorManifest | undefined;
  readonly size?: number;
}) {
  const { icons } = useExtensions();
  const size = props.size ?? 16;
  if (props.kind === 'internal') return <IconTable size={size} />;
  if (props.kind === 'demo') return <IconFlask size={size} />;
  const name = props.connector?.icon;
  if (icons === undefined || name === undefined || !icons.names.includes(name)) return <IconDatabase size={size} />;
  return <icons.Icon name={name} size={size} />;
}
