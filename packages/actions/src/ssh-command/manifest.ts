import { choice, defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText } from '../services/settings.ts';

/** Runs a command on another machine. */
export const sshCommandManifest = defineFlowAction({
  id: 'core/ssh-command',
  version: 1,
  title: 'SSH command',
  description: 'Runs a command on another machine. Off until the operator of this installation allows it.',
  icon: 'terminal-2',
  category: 'Operations',
  keywords: ['shell', 'remote', 'server', 'deploy', 'restart', 'bash'],
  effect: 'outside',
  capability: 'ssh',
  timeoutMs: 600_000,
  summary: 'command',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    host: Type.Optional(
      setting(Type.String({ maxLength: 260 }), {
        title: 'Machine',
        ui: { bindable: false, placeholder: 'web1.example.com' },
      }),
    ),
    port: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 65_535 }), { title: 'Port', default: 22, ui: { bindable: false } }),
    ),
    hostKey: Type.Optional(
      setting(Type.String({ maxLength: 100 }), {
        title: "Fingerprint of the machine's key",
        description: 'As ssh-keygen -l shows it. Run the step once without it to be told what the machine shows.',
        ui: { bindable: false, placeholder: 'SHA256:…' },
      }),
    ),
    user: Type.Optional(
      setting(Type.String({ maxLength: 100 }), { title: 'User', ui: { bindable: false, placeholder: 'deploy' } }),
    ),
    authentication: choice(['key', 'password'], {
      title: 'Signs in by',
      default: 'key',
      labels: { key: 'Private key', password: 'Password' },
      ui: { bindable: false },
    }),
    privateKey: secretSetting({
      title: 'Private key',
      ui: { when: { setting: 'authentication', notIn: ['password'] } },
    }),
    passphrase: secretSetting({
      title: 'Passphrase of the key',
      description: 'When it has one.',
      ui: { when: { setting: 'authentication', notIn: ['password'] } },
    }),
    password: secretSetting({ title: 'Password', ui: { when: { setting: 'authentication', in: ['password'] } } }),
    command: Type.Optional(
      setting(Type.String({ maxLength: 20_000 }), {
        title: 'Command',
        description: 'Fixed: what comes from outside belongs into the arguments, where no shell reads it as a command.',
        ui: { editor: 'multiline', bindable: false, placeholder: 'systemctl restart' },
      }),
    ),
    arguments: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 8_000 }), { maxItems: 100 }), {
        title: 'Arguments',
        description: 'Each is quoted and stands behind the command.',
      }),
    ),
    input: longText('Input', { description: 'What the command reads.' }),
    timeLimit: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 580 }), {
        title: 'Ends after seconds',
        description: 'The command is then killed.',
        default: 60,
      }),
    ),
    maxOutput: Type.Optional(
      setting(Type.Integer({ minimum: 1_000, maximum: 5_000_000 }), {
        title: 'Most bytes of output',
        description: 'More is left out.',
        default: 200_000,
        ui: { advanced: true },
      }),
    ),
    whenFails: choice(['fail', 'tell'], {
      title: 'When the command fails',
      default: 'fail',
      labels: { fail: 'Fail', tell: 'Go on and tell' },
      ui: { bindable: false },
    }),
  }),
  output: Type.Object({
    code: Type.Union([Type.Integer(), Type.Null()], { description: 'Null when it was ended by a signal.' }),
    signal: Type.Union([Type.String(), Type.Null()]),
    output: Type.String(),
    errors: Type.String(),
    truncated: Type.Boolean(),
  }),
  sample: { code: 0, signal: null, output: 'done\n', errors: '', truncated: false },
});
