import { choice, defineEventAction, setting, Type } from '@fettle/sdk';
import { hostSetting, portSetting } from '../settings.ts';

/** Looks at a host when somebody presses a button. */
export const checkNowManifest = defineEventAction({
  id: 'it-operations/check-now',
  version: 1,
  title: 'Check this host now',
  description: 'Tells whether a host is well. In the actions that follow, result.summary says so in a sentence.',
  icon: 'stethoscope',
  category: 'IT operations',
  keywords: ['ping', 'dns', 'tcp', 'http', 'tls', 'certificate', 'monitor', 'up', 'down'],
  needs: { network: true },
  settings: Type.Object({
    host: hostSetting,
    check: choice(['name', 'port', 'web', 'certificate'], {
      title: 'Check',
      default: 'port',
      labels: { name: 'Name', port: 'Port', web: 'Web', certificate: 'Certificate' },
      ui: { editor: 'segmented', bindable: false },
    }),
    port: { ...portSetting(443), ui: { when: { setting: 'check', notIn: ['name'] } } },
    allowed: Type.Optional(
      setting(Type.String({ maxLength: 5000 }), {
        title: 'Hosts that may be checked',
        description:
          'Names or *.example.com, separated by spaces. Whoever uses the app chooses the host when it is an expression.',
        ui: { placeholder: 'Any host', bindable: false },
      }),
    ),
  }),
  result: Type.Object({
    isUp: Type.Boolean(),
    summary: Type.String(),
    ms: Type.Union([Type.Integer(), Type.Null()]),
    problem: Type.Union([Type.String(), Type.Null()]),
  }),
  server: { effect: 'read', timeoutMs: 30_000 },
});
