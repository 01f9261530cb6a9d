import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';

const safeAddress = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

/** Each navigation item opens a screen or an address, and addresses cannot run code. */
export function navigation(app: App): readonly Problem[] {
  return app.app.navigation.items.flatMap((item, index) => {
    const path = `/app/navigation/items/${index}`;
    if ((item.screen === undefined) === (item.url === undefined)) {
      return [{ path, code: 'navigation.target', message: `"${item.label}" must open either a screen or an address.` }];
    }
    if (item.url !== undefined && !safeAddress.test(item.url)) {
      return [
        {
          path: `${path}/url`,
          code: 'navigation.address',
          message: `"${item.label}" must link to an address that begins with https://, http://, mailto:, tel: or "/".`,
        },
      ];
    }
    return [];
  });
}
