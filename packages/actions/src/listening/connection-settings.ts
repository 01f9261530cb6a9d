import { choice, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';

const section = 'Connection';

/** Where a server is and how to sign in there. `startTls`: encryption may also begin on the usual port. */
export function connectionSettings(usual: {
  readonly port: number;
  readonly encryptedPort: number;
  readonly startTls?: boolean;
}) {
  return {
    host: Type.Optional(
      setting(Type.String({ maxLength: 253 }), {
        title: 'Host',
        ui: { bindable: false, section, placeholder: 'broker.example.com' },
      }),
    ),
    port: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 65_535 }), {
        title: 'Port',
        description: `${usual.port} unless given, ${usual.encryptedPort} when encrypted.`,
        ui: { bindable: false, section },
      }),
    ),
    encryption: Type.Optional(
      choice(usual.startTls === true ? ['on', 'starttls', 'off'] : ['on', 'off'], {
        title: 'Encryption (TLS)',
        default: 'on',
        labels: { on: 'On', ...(usual.startTls === true ? { starttls: 'STARTTLS' } : {}), off: 'Off' },
        ui: { editor: 'segmented', bindable: false, section },
      }),
    ),
    certificate: Type.Optional(
      setting(Type.String({ maxLength: 20_000 }), {
        title: 'Certificate of its authority',
        description: 'In PEM form, when it is not a public one.',
        ui: {
          editor: 'multiline',
          bindable: false,
          section,
          advanced: true,
          when: { setting: 'encryption', notIn: ['off'] },
        },
      }),
    ),
    user: Type.Optional(setting(Type.String({ maxLength: 200 }), { title: 'User', ui: { bindable: false, section } })),
    password: secretSetting({ title: 'Password', ui: { section } }),
  };
}

/** How much comes before something is acknowledged. */
export function prefetchSetting() {
  return Type.Optional(
    setting(Type.Integer({ minimum: 1, maximum: 500 }), {
      title: 'Messages at once',
      description: 'So many may come before the first of them is acknowledged.',
      default: 50,
      ui: { bindable: false, advanced: true },
    }),
  );
}
