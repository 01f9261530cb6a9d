import { bug } from '@fettle/base';
import { createBuilderExtensions, startBuilder } from '@fettle/builder';
import { AppIcon, components, eventActions, iconNames } from '@fettle/components';

const element = document.getElementById('root');
if (element === null) throw bug('The page has no #root.');
startBuilder(
  element,
  createBuilderExtensions({
    components,
    eventActions,
    icons: { names: iconNames, Icon: AppIcon },
    loadFlowManifests: async () => {
      const { flowActionManifests, flowTriggerManifests } = await import('@fettle/actions/manifests');
      return { actions: flowActionManifests, triggers: flowTriggerManifests };
    },
  }),
);
