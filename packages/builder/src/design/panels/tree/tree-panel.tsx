import { Divider } from '@mantine/core';
import { Panel } from '../panel.tsx';
import { ComponentTree } from './component-tree.tsx';
import { ScreenList } from './screen-list.tsx';

/** The screens of the app, and the components of the open one. */
export function TreePanel() {
  return (
    <Panel title="Screens" isFilling>
      <ScreenList />
      <Divider />
      <ComponentTree />
    </Panel>
  );
}
