import type { PluginInspection, PluginSigner } from '@fettle/contract';
import { compareVersions, fitsSdk, sdkVersion, type PluginPackage } from '@fettle/sdk/plugin';
import type { PluginRow } from './plugins.store.ts';

/** What decides whether a plugin can be installed, beside the person who agrees. */
export interface PluginRules {
  readonly signatures: 'optional' | 'required';
  /** It comes from a folder in which it is being written: versions mean nothing there. */
  readonly isDevelopment: boolean;
}

type Refusal = NonNullable<PluginInspection['refusal']>;

/** Why a plugin cannot be installed; undefined when it can. */
export function refusalOf(
  { manifest, integrity, signedBy }: PluginPackage,
  signer: PluginSigner,
  installed: PluginRow | undefined,
  rules: PluginRules,
): Refusal | undefined {
  if (!fitsSdk(manifest.sdk))
    return {
      code: 'plugin.sdk',
      message: `It is written for versions ${manifest.sdk} of the SDK; this server has ${sdkVersion}.`,
      hint: 'Get a version of the plugin that fits, or update Fettle.',
    };
  if (rules.signatures === 'required' && signer.state !== 'trusted')
    return {
      code: 'plugin.not-signed',
      message: 'This installation takes only plugins that a trusted publisher signed.',
      hint: 'Its operator can add the publisher in FETTLE_PLUGIN_PUBLISHERS.',
    };
  if (installed === undefined || installed.integrity === integrity || rules.isDevelopment) return undefined;
  if (installed.signed_by !== null && installed.signed_by !== (signedBy ?? null))
    return {
      code: 'plugin.publisher-changed',
      message: 'The installed version was signed by somebody else. This may not be the same plugin.',
      hint: 'If you are sure, remove the installed one first: what uses it keeps its settings.',
    };
  // What was written in a folder has no versions yet.
  if (installed.source_kind === 'folder') return undefined;
  const order = compareVersions(manifest.version, installed.version);
  if (order === 0)
    return {
      code: 'plugin.version-changed',
      message: `Version ${manifest.version} is installed, and this is another archive of the same version.`,
      hint: 'A version never changes. Give the changed plugin a new version.',
    };
  if (order < 0)
    return {
      code: 'plugin.downgrade',
      message: `Version ${installed.version} is installed; this is the older ${manifest.version}.`,
      hint: 'If you want the older one, remove the installed one first: what uses it keeps its settings.',
    };
  return undefined;
}
