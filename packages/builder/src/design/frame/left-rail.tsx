import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDatabase,
  IconLock,
  IconPalette,
  IconPlus,
  IconRoute2,
  IconSitemap,
  IconVariable,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDesign, useView } from '../design-context.ts';
import { useProblems } from '../panels/problems/use-problems.ts';
import type { LeftPanel } from '../view-state.ts';
import styles from './design-frame.module.css';

const entries: readonly { readonly panel: LeftPanel; readonly label: string; readonly icon: ReactNode }[] = [
  { panel: 'tree', label: 'Screens and components', icon: <IconSitemap size={18} /> },
  { panel: 'flows', label: 'Flows', icon: <IconRoute2 size={18} /> },
  { panel: 'add', label: 'Add a component', icon: <IconPlus size={18} /> },
  { panel: 'state', label: 'State', icon: <IconVariable size={18} /> },
  { panel: 'theme', label: 'Theme and navigation', icon: <IconPalette size={18} /> },
  { panel: 'access', label: 'Roles and access', icon: <IconLock size={18} /> },
];

/** Opens one of the left panels; a second press closes it. */
export function LeftRail() {
  const { view } = useDesign();
  const left = useView((state) => state.left);
  const isDockOpen = useView((state) => state.isDockOpen);
  const isFlow = useView((state) => state.flow !== undefined);
  const problems = useProblems();
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const toggle = (panel: LeftPanel): void => view.setState({ left: left === panel ? 'none' : panel });
  return (
    <nav className={styles['rail']} aria-label="Panels">
      {entries.map(({ panel, label, icon }) => (
        <RailButton
          key={panel}
          label={panel === 'add' && isFlow ? 'Add a step' : label}
          isActive={left === panel}
          onClick={() => toggle(panel)}
        >
          {icon}
        </RailButton>
      ))}
      <RailButton label="Queries" isActive={isDockOpen} onClick={() => view.setState({ isDockOpen: !isDockOpen })}>
        <IconDatabase size={18} />
      </RailButton>
      <Indicator
        label={problems.length}
        size={15}
        color={errors > 0 ? 'red' : 'yellow'}
        disabled={problems.length === 0}
        offset={4}
      >
        <RailButton
          label={problems.length === 0 ? 'Problems: none' : `Problems: ${problems.length}`}
          isActive={left === 'problems'}
          onClick={() => toggle('problems')}
        >
          <IconAlertTriangle size={18} />
        </RailButton>
      </Indicator>
    </nav>
  );
}

function RailButton(props: {
  readonly label: string;
  readonly isActive: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    // An open panel says its name itself, and the tip would lie over it.
    <Tooltip label={props.label} position="right" openDelay={300} disabled={props.isActive}>
      <ActionIcon
        size={34}
        variant={props.isActive ? 'light' : 'subtle'}
        color={props.isActive ? 'accent' : 'gray'}
        aria-label={props.label}
        aria-pressed={props.isActive}
        onClick={props.onClick}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
