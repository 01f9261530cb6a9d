import { choice, defineFlowAction, secretSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

/** A hash or signature of a text. */
export const makeHashManifest = defineFlowAction({
  id: 'core/make-hash',
  version: 1,
  title: 'Hash or sign text',
  description: 'Gives the hash of a text or, with a stored secret as the key, its signature (HMAC).',
  icon: 'fingerprint',
  category: 'Transform',
  keywords: ['crypto', 'sha256', 'hmac', 'signature', 'checksum'],
  effect: 'none',
  needs: { secrets: true },
  settings: Type.Object({
    text: longText('Text'),
    algorithm: choice(['sha256', 'sha512', 'sha1', 'md5'], {
      title: 'Method',
      default: 'sha256',
      labels: { sha256: 'SHA-256', sha512: 'SHA-512', sha1: 'SHA-1 (weak)', md5: 'MD5 (weak)' },
      ui: { bindable: false, editor: 'select' },
    }),
    key: secretSetting({ title: 'Key', description: 'With one, the text is signed.' }),
    encoding: choice(['hex', 'base64', 'base64url'], {
      title: 'Written as',
      default: 'hex',
      labels: { hex: 'Hexadecimal', base64: 'Base64', base64url: 'Base64 for addresses' },
      ui: { bindable: false, editor: 'select' },
    }),
    expected: shortText('Compare with', {
      description: 'A hash or signature to check, such as that of a request.',
      advanced: true,
    }),
  }),
  output: Type.Object({
    value: Type.String(),
    matches: Type.Union([Type.Boolean(), Type.Null()], { description: 'Whether it is the one to compare with.' }),
  }),
  sample: { value: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', matches: null },
});
