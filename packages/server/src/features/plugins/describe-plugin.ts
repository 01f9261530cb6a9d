import type { PluginContribution, PluginInfo, PluginInspection, PluginSigner, PluginSource } from '@fettle/contract';
import { comparePermissions, describePermissions, type PluginManifest } from '@fettle/sdk/plugin';
import { isTrusted, type PluginRow } from './plugins.store.ts';
import type { PluginUpdateRow } from './updates/plugin-updates.store.ts';
import type { PluginHealth } from './process/plugin-processes.ts';

/** Publishers that the installation knows: names by key. */
export type Publishers = ReadonlyMap<string, string>;

/** Who signed. */
export function signerOf(publishers: Publishers, key: string | null | undefined): PluginSigner {
  if (key === null || key === undefined) return { state: 'none' };
  const publisher = publishers.get(key);
  return publisher === undefined ? { state: 'unknown', key } : { state: 'trusted', publisher, key };
}

/** An installed plugin as people see it. */
export function describePlugin(
  row: PluginRow,
  facts: {
    readonly publishers: Publishers;
    readonly health: PluginHealth;
    readonly update: PluginUpdateRow | undefined;
  },
): PluginInfo {
  const { publishers, health, update } = facts;
  const manifest = JSON.parse(row.manifest) as PluginManifest;
  return {
    ...headOf(manifest, row.integrity),
    source: { kind: row.source_kind, name: row.source_name },
    signer: signerOf(publishers, row.signed_by),
    permissions: [...describePermissions(manifest.permissions)],
    isEnabled: Boolean(row.is_enabled),
    health,
    ...((manifest.contributions.components ?? []).length === 0 ? {} : { components: trustOf(row) }),
    ...(update === undefined ? {} : { update: describeUpdate(update) }),
    installedAt: row.installed_at,
    installedBy: row.installed_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

function describeUpdate({ looked_at, version, problem }: PluginUpdateRow): NonNullable<PluginInfo['update']> {
  return {
    lookedAt: new Date(looked_at).toISOString(),
    ...(version === null ? {} : { version }),
    ...(problem === null ? {} : { problem }),
  };
}

function trustOf(row: PluginRow): NonNullable<PluginInfo['components']> {
  if (!isTrusted(row) || row.trusted_at === null) return { isTrusted: false };
  return { isTrusted: true, trustedAt: row.trusted_at, trustedBy: row.trusted_by ?? '' };
}

/** A plugin as people see it before they agree to it. */
export function describeInspection(facts: {
  readonly manifest: PluginManifest;
  readonly integrity: string;
  readonly source: PluginSource;
  readonly signer: PluginSigner;
  readonly installed: PluginRow | undefined;
  readonly refusal: PluginInspection['refusal'];
}): PluginInspection {
  const { manifest, integrity, source, signer, installed, refusal } = facts;
  const before = installed === undefined ? {} : (JSON.parse(installed.manifest) as PluginManifest).permissions;
  return {
    ...headOf(manifest, integrity),
    source,
    signer,
    action: installed === undefined ? 'install' : installed.integrity === integrity ? 'none' : 'update',
    ...(installed === undefined ? {} : { installedVersion: installed.version }),
    permissions: [...comparePermissions(before, manifest.permissions)],
    ...(refusal === undefined ? {} : { refusal }),
  };
}

function headOf(manifest: PluginManifest, integrity: string) {
  const { id, version, title, description, author, license, homepage } = manifest;
  return {
    id,
    version,
    title,
    description,
    ...(author === undefined ? {} : { author }),
    ...(license === undefined ? {} : { license }),
    ...(homepage === undefined ? {} : { homepage }),
    integrity,
    contributions: [...contributionsOf(manifest)],
  };
}

function contributionsOf({ contributions }: PluginManifest): readonly PluginContribution[] {
  const of = (kind: PluginContribution['kind'], list: readonly Omit<PluginContribution, 'kind'>[] = []) =>
    list.map(({ id, title, description, icon }) => ({ kind, id, title, description, icon }));
  return [
    ...of('component', contributions.components),
    ...of('event-action', contributions.eventActions),
    ...of('connector', contributions.connectors),
    ...of('flow-action', contributions.flowActions),
    ...of('flow-trigger', contributions.flowTriggers),
    ...of(
      'function',
      contributions.functions?.map((one) => ({ ...one, icon: 'math-function' })),
    ),
  ];
}
