import { AppError } from '@fettle/base';
import { archiveLimits, compareVersions, readPlugin } from '@fettle/sdk/plugin';
import { latestInRegistry, type PluginSources } from '../get-plugin.ts';
import type { PluginRow } from '../plugins.store.ts';

/** What was found at a plugin's source. */
export interface FoundVersion {
  /** Absent when the installed one is the newest. */
  readonly version?: string;
  /** See {@link findNewer}. */
  readonly mark?: string;
}

/**
 * Asks where a plugin came from whether there is a newer version. Nothing is kept and nothing is run. `mark` is what the
 * last look gave: an address that says that nothing changed sends no archive.
 */
export async function findNewer(
  sources: PluginSources,
  plugin: Pick<PluginRow, 'id' | 'version' | 'source_kind' | 'source_name'>,
  known: FoundVersion,
  signal: AbortSignal,
): Promise<FoundVersion> {
  if (plugin.source_kind === 'registry')
    return newer(plugin.version, await latestInRegistry(sources, plugin.source_name, signal));
  const response = await sources.fetch(plugin.source_name, {
    method: 'GET',
    headers: {
      accept: 'application/octet-stream, */*',
      ...(known.mark === undefined ? {} : { 'if-none-match': known.mark }),
    },
    signal,
    maxBytes: archiveLimits.packedBytes,
  });
  if (response.status === 304) return known;
  if (response.status !== 200)
    throw new AppError('upstream', {
      code: 'plugin.download-failed',
      message: `Its address answers ${response.status}.`,
      hint: 'Update it from a file or another address.',
    });
  const { manifest } = await readPlugin(response.body);
  if (manifest.id !== plugin.id)
    throw new AppError('upstream', {
      code: 'plugin.other-at-address',
      message: `At its address there is another plugin by now: ${manifest.id}.`,
      hint: 'Update it from a file or another address.',
    });
  const mark = response.headers['etag'];
  return {
    ...newer(plugin.version, manifest.version),
    ...(typeof mark === 'string' && mark.length <= 300 ? { mark } : {}),
  };
}

function newer(installed: string, found: string): FoundVersion {
  return compareVersions(found, installed) > 0 ? { version: found } : {};
}
