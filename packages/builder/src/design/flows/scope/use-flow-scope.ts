import { useMemo } from 'react';
import { labelFromName } from '@fettle/base';
import { flowKnownNames, stepScopes, type Flow, type StepScope } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import type { BindingScope } from '../../binding/binding-scope.ts';
import { useApp } from '../../design-context.ts';
import { picksOf, sampleValues, type RecordedValues } from './step-samples.ts';
import { useSampleTrigger } from './use-sample-trigger.ts';

const nothing: StepScope = { earlier: [], loops: [], hasError: false };

/** The scope of the expressions of a step, with samples; without a step, that of the flow's own settings. */
export function useFlowScope(
  flow: Flow,
  step: string | undefined,
  options: { readonly isAfterTurn?: boolean; readonly recorded?: RecordedValues } = {},
): BindingScope {
  const { flows: manifests, catalog } = useExtensions();
  const flows = useApp((app) => app.flows);
  const { isAfterTurn, recorded } = options;
  const sample = useSampleTrigger(flow);
  return useMemo(() => {
    const scopes = stepScopes(flow);
    const scope = (step === undefined ? undefined : (isAfterTurn ? scopes.afterTurn : scopes.at).get(step)) ?? nothing;
    const extra = sampleValues({
      app: { flows },
      flow,
      scope,
      manifests,
      functions: catalog.functions,
      recorded: { outputs: {}, trigger: sample, ...recorded },
    });
    const trigger = manifests.triggers.find(({ id }) => id === flow.trigger.type);
    return {
      component: undefined,
      extra,
      isClosed: true,
      known: flowKnownNames(flow, scope),
      picks: picksOf(extra, scope, {
        trigger: trigger?.title ?? 'Trigger',
        step: ({ name }) => labelFromName(name),
      }),
    };
  }, [catalog, flow, flows, isAfterTurn, manifests, recorded, sample, step]);
}
