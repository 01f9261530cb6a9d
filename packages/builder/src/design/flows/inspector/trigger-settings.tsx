import { useRef } from 'react';
import { Group, Select, Stack, Text } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import type { Flow } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { BindingScopeProvider } from '../../binding/binding-scope.ts';
import { prettyValue } from '../../binding/preview-value.ts';
import { useDispatch, useView } from '../../design-context.ts';
import { designEditors } from '../../editors/design-editors.ts';
import { RootForm } from '../../editors/design-form.tsx';
import { useRevealedSetting } from '../../inspector/use-revealed-setting.ts';
import { ManifestIcon } from '../../panels/palette/manifest-icon.tsx';
import { PanelSection } from '../../panels/panel.tsx';
import { useProblemsOf } from '../canvas/step-problems.ts';
import { TriggerChoice } from '../palette/trigger-choice.tsx';
import { useFlowScope } from '../scope/use-flow-scope.ts';
import { useSampleTrigger } from '../scope/use-sample-trigger.ts';
import { FlowInputs } from './flow-settings.tsx';
import { SourceState } from './source-state.tsx';
import { WebhookPlace } from './webhook-place.tsx';
import { ScheduleTimes } from './schedule-times.tsx';
import { TryTrigger } from './try-trigger.tsx';
import styles from '../../inspector/inspector.module.css';

/** What starts the flow, and what it brings. */
export function TriggerSettings({ flow }: { readonly flow: Flow }) {
  const { flows } = useExtensions();
  const dispatch = useDispatch();
  const focus = useView((state) => state.focus);
  const problems = useProblemsOf(flow.id, 'trigger');
  const scope = useFlowScope(flow, undefined);
  const sample = useSampleTrigger(flow);
  const body = useRef<HTMLDivElement>(null);
  useRevealedSetting(body, focus, 'settings');
  const manifest = flows.triggers.find(({ id }) => id === flow.trigger.type);
  const { settings } = flow.trigger;
  const update = (trigger: Flow['trigger'], mergeKey?: string): void => {
    dispatch({ type: 'flow.update', flow: flow.id, changes: { trigger } }, mergeKey === undefined ? {} : { mergeKey });
  };
  const hasSettings = Object.keys(manifest?.settings.properties ?? {}).length > 0;
  return (
    <BindingScopeProvider value={scope}>
      <div className={styles['inspector']} data-flow-settings="">
        <div className={styles['top']}>
          <div className={styles['header']}>
            <Group gap={8} wrap="nowrap">
              {manifest === undefined ? <IconBolt size={16} /> : <ManifestIcon name={manifest.icon} size={16} />}
              <Text size="sm" fw={600}>
                Trigger
              </Text>
            </Group>
          </div>
        </div>
        <div ref={body} className={styles['body']} data-flow-body="">
          <Stack gap="md">
            <Select
              label="What starts the flow"
              id="flow-trigger-type"
              allowDeselect={false}
              searchable={flows.triggers.length > 8}
              maxDropdownHeight={420}
              data={flows.triggers.map(({ id, title }) => ({ value: id, label: title }))}
              value={flow.trigger.type}
              renderOption={({ option }) => {
                const one = flows.triggers.find(({ id }) => id === option.value);
                return one === undefined ? option.label : <TriggerChoice manifest={one} />;
              }}
              onChange={(type) => {
                if (type !== null && type !== flow.trigger.type) update({ type, settings: {} });
              }}
            />
            {manifest !== undefined && (
              <Text size="xs" c="dimmed">
                {manifest.description}
              </Text>
            )}
            {(manifest?.source === 'poll' || manifest?.source === 'listen') && (
              <SourceState flow={flow} manifest={manifest} />
            )}
            {manifest !== undefined && hasSettings && (
              <RootForm
                editors={designEditors}
                schema={manifest.settings}
                values={settings}
                problems={problems}
                focus={focus}
                onChange={(name, value) => {
                  const { [name]: _old, ...rest } = settings;
                  update(
                    { type: flow.trigger.type, settings: value === undefined ? rest : { ...settings, [name]: value } },
                    `trigger:${flow.id}:${name}`,
                  );
                }}
              />
            )}
            {manifest?.source === 'schedule' && <ScheduleTimes settings={settings} />}
            {manifest?.source === 'webhook' && <WebhookPlace flow={flow} />}
            {manifest?.source === 'call' && <FlowInputs flow={flow} />}
            <PanelSection title="What it brings" hint="Steps read it as trigger. This is an example.">
              {(manifest?.source === 'poll' || manifest?.source === 'listen') && (
                <TryTrigger key={flow.id} flow={flow} />
              )}
              <pre
                style={{
                  margin: 0,
                  padding: 8,
                  overflow: 'auto',
                  maxHeight: 220,
                  borderRadius: 'var(--fettle-radius-control)',
                  background: 'var(--fettle-surface-sunken)',
                  fontSize: 12,
                }}
              >
                {prettyValue(sample)}
              </pre>
            </PanelSection>
          </Stack>
        </div>
      </div>
    </BindingScopeProvider>
  );
}
