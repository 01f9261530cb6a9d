import { AppError } from '@fettle/base';
import type { ComponentExtension } from '@fettle/sdk/react';

/** The component type in what the code of a plugin brings. */
export function componentIn(components: readonly ComponentExtension[] | undefined, type: string): ComponentExtension {
  const found = components?.find(({ manifest }) => manifest.id === type);
  if (found !== undefined) return found;
  throw new AppError('unavailable', {
    code: 'plugin.component-missing',
    message: `The code of the plugin does not bring "${type}", although its manifest says so.`,
    hint: 'Build and install it again.',
  });
}
