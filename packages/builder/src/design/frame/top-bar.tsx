import { ActionIcon, Anchor, Button, Group, SegmentedControl, Select, Text, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconDeviceTablet,
  IconHandClick,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import { builtInRoles } from '@fettle/access';
import { AccountMenu } from '../../shell/account-menu.tsx';
import { BrandMark } from '../../shell/brand-mark.tsx';
import { WorkspaceBell } from '../../shell/workspace-bell.tsx';
import { useWorkspace } from '../../shell/workspace.tsx';
import { useApp, useCurrentFlow, useDesign, useDraft, useView } from '../design-context.ts';
import { FlowPlace } from '../flows/flow-place.tsx';
import { PublishMenu } from '../publish/publish-menu.tsx';
import type { Breakpoint } from '../view-state.ts';
import { SaveIndicator } from './save-indicator.tsx';
import styles from './design-frame.module.css';

/** Where one is, undo, widths, roles, preview and publish. */
export function TopBar() {
  const isFlow = useCurrentFlow() !== undefined;
  return (
    <header className={styles['top']}>
      <Place />
      {isFlow ? <FlowPlace /> : <CanvasControls />}
      <Group gap="xs" justify="flex-end" wrap="nowrap">
        <SaveIndicator />
        <PreviewLink />
        <PublishMenu />
        <WorkspaceBell />
        <AccountMenu isCompact />
      </Group>
    </header>
  );
}

function Place() {
  const { session } = useDesign();
  const { slug } = useWorkspace();
  const name = useApp((app) => app.app.name);
  const canUndo = useDraft((state) => state.history.canUndo);
  const canRedo = useDraft((state) => state.history.canRedo);
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <Anchor component={Link} href={`/w/${slug}/apps`} aria-label="All apps" underline="never">
        <BrandMark isCompact />
      </Anchor>
      <Text size="sm" fw={500} truncate title={name}>
        {name}
      </Text>
      <Tooltip label="Undo (Ctrl Z)" openDelay={300}>
        <ActionIcon variant="subtle" color="gray" aria-label="Undo" disabled={!canUndo} onClick={() => session.undo()}>
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl Shift Z)" openDelay={300}>
        <ActionIcon variant="subtle" color="gray" aria-label="Redo" disabled={!canRedo} onClick={() => session.redo()}>
          <IconArrowForwardUp size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

const widths: readonly {
  readonly value: Breakpoint;
  readonly label: string;
  readonly Icon: typeof IconDeviceMobile;
}[] = [
  { value: 'phone', label: 'Phone', Icon: IconDeviceMobile },
  { value: 'tablet', label: 'Tablet', Icon: IconDeviceTablet },
  { value: 'desktop', label: 'Desktop', Icon: IconDeviceDesktop },
];

function CanvasControls() {
  const { view } = useDesign();
  const breakpoint = useView((state) => state.breakpoint);
  const zoom = useView((state) => state.zoom);
  const role = useView((state) => state.role);
  const isInteracting = useView((state) => state.isInteracting);
  const customRoles = useApp((app) => app.access.roles);
  return (
    <Group gap="xs" wrap="nowrap">
      <SegmentedControl
        size="xs"
        aria-label="Canvas width"
        value={breakpoint}
        onChange={(value) => view.setState({ breakpoint: value as Breakpoint })}
        data={widths.map(({ value, label, Icon }) => ({
          value,
          label: (
            <Tooltip label={label} openDelay={300}>
              <Icon size={16} aria-label={label} style={{ display: 'block' }} />
            </Tooltip>
          ),
        }))}
      />
      <Select
        size="xs"
        w={84}
        aria-label="Zoom"
        value={String(zoom)}
        allowDeselect={false}
        data={[
          { value: 'fit', label: 'Fit' },
          { value: '0.5', label: '50 %' },
          { value: '0.75', label: '75 %' },
          { value: '1', label: '100 %' },
          { value: '1.5', label: '150 %' },
        ]}
        onChange={(value) => view.setState({ zoom: value === null || value === 'fit' ? 'fit' : Number(value) })}
      />
      <Select
        size="xs"
        w={148}
        aria-label="View as role"
        value={role ?? ''}
        allowDeselect={false}
        data={[
          { value: '', label: 'View as: everyone' },
          ...[...builtInRoles, ...customRoles].map(({ id, name }) => ({ value: id, label: `View as: ${name}` })),
        ]}
        onChange={(value) => view.setState({ role: value === null || value === '' ? undefined : value })}
      />
      <Tooltip label="Use the app on the canvas (hold Alt for a moment)" openDelay={300}>
        <ActionIcon
          variant={isInteracting ? 'light' : 'subtle'}
          color={isInteracting ? 'accent' : 'gray'}
          aria-label="Use the app on the canvas"
          aria-pressed={isInteracting}
          onClick={() => view.setState({ isInteracting: !isInteracting })}
        >
          <IconHandClick size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function PreviewLink() {
  const { appId, session } = useDesign();
  const role = useView((state) => state.role);
  const href = `/preview/${appId}${role === undefined ? '' : `?role=${encodeURIComponent(role)}`}`;
  return (
    <Button
      component="a"
      href={href}
      target="_blank"
      size="xs"
      variant="default"
      leftSection={<IconPlayerPlay size={14} />}
      onClick={() => void session.flush().catch(() => undefined)}
    >
      Preview
    </Button>
  );
}
