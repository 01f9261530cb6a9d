import { Tabs as MantineTabs } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useState } from 'react';
import type { Static } from 'typebox';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import stackStyles from '../stack/stack.module.css';
import { Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import type { tabsManifest } from './manifest.ts';
import styles from './tabs.module.css';

const variants = { line: 'default', outline: 'outline', pills: 'pills' } as const;

/** Implementation of `core/tabs`. */
export function Tabs({ settings }: ComponentProps<Static<typeof tabsManifest.settings>>) {
  const host = useHost();
  const change = useEvent('change');
  const shown = settings.tabs.filter((tab) => tab.visible !== false);
  const [chosen, setChosen] = useState<string | undefined>(settings.initialTab);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const active = shown.find((tab) => tab.id === chosen)?.id ?? shown[0]?.id;

  const select = (tab: string): void => {
    if (tab === active || !shown.some((candidate) => candidate.id === tab)) return;
    if (active !== undefined) setVisited((before) => new Set(before).add(active));
    setChosen(tab);
    void change.run({ tab });
  };
  useExposed({ tab: active ?? '' });
  useMethod('select', (input) => select(textOf(input?.tab)));

  if (active === undefined) {
    return host.mode === 'design' ? <Placeholder icon="layout-navbar" hint="Add a tab to show" /> : null;
  }
  return (
    <MantineTabs
      value={active}
      onChange={(tab) => {
        if (tab !== null) select(tab);
      }}
      variant={variants[settings.look]}
    >
      <MantineTabs.List grow={settings.grow} className={styles.list}>
        {shown.map((tab) => (
          <MantineTabs.Tab
            key={tab.id}
            value={tab.id}
            leftSection={tab.icon === undefined || tab.icon === '' ? undefined : <AppIcon name={tab.icon} />}
          >
            {textOf(tab.label) || 'Untitled'}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
      {shown.map((tab) => {
        const isKept = tab.id === active || (settings.keepAlive && visited.has(tab.id));
        return (
          <MantineTabs.Panel key={tab.id} value={tab.id} keepMounted pt={16}>
            {isKept && <div className={`${stackStyles.stack} ${styles.panel}`}>{host.slot(tab.id)}</div>}
          </MantineTabs.Panel>
        );
      })}
    </MantineTabs>
  );
}
