import type { PluginComponentInfo } from '@fettle/contract';
import type { ComponentExtension, ComponentProps } from '@fettle/sdk/react';
import type { ComponentType } from 'react';
import type { AppClient } from '../client/app-client.ts';
import { componentIn } from './component-in.ts';

/** Gets the code of a component type of a plugin: into the page when it is trusted, else into a frame of its own. */
export async function loadPluginComponent(
  component: PluginComponentInfo,
  client: Pick<AppClient, 'componentCode'>,
): Promise<ComponentType<ComponentProps<never>>> {
  const address = await client.componentCode(component);
  if (!component.isTrusted) {
    const { framedComponent } = await import('./frame/plugin-frame.tsx');
    return framedComponent(component, address) as ComponentType<ComponentProps<never>>;
  }
  const { shareModules } = await import('./shared-modules.ts');
  shareModules();
  const module = (await import(/* @vite-ignore */ address)) as { readonly components?: readonly ComponentExtension[] };
  return componentIn(module.components, component.manifest.id).load();
}
