import type { DataSetting } from '@fettle/definition';
import type { RowsOptions, RowsState } from '@fettle/sdk/react';
import { useEffect, useLayoutEffect, useState } from 'react';
import { createRowsController } from '../rows/rows-controller.ts';
import type { ComponentInstance } from '../state/component-instance.ts';
import type { ScreenStore } from '../state/screen-store.ts';
import { useSignalValue } from './use-signal-value.ts';

/** The hook behind `host.useRows`. */
export function useRows(
  store: ScreenStore,
  instance: ComponentInstance,
  setting: DataSetting | undefined,
  options: RowsOptions = {},
): RowsState {
  const [controller] = useState(() => {
    const { data, firstAnswers } = store.app;
    const created = createRowsController({ data, queries: store.queries, firstAnswers });
    created.begin(setting, options);
    return created;
  });
  useLayoutEffect(() => {
    controller.want(setting, options);
  });
  useLayoutEffect(() => () => controller.dispose(), [controller]);
  useEffect(() => {
    const refresh = () => controller.refresh();
    instance.refreshers.add(refresh);
    return () => {
      instance.refreshers.delete(refresh);
    };
  }, [controller, instance]);
  return useSignalValue(controller.state);
}
