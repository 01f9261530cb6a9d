import { satisfies, valid, validRange } from 'semver';

/** Version of the SDK that plugins are written against: the one of this package. */
export const sdkVersion = '0.1.0';

/** True for a version such as `1.2.0` or `2.0.0-beta.1`. */
export function isVersion(version: string): boolean {
  return valid(version) === version;
}

/** True for a range such as `^0.1.0`. */
export function isVersionRange(range: string): boolean {
  return validRange(range) !== null;
}

/** True when this SDK is one that a range names. */
export function fitsSdk(range: string, version: string = sdkVersion): boolean {
  return satisfies(version, range, { includePrerelease: true });
}

export { compare as compareVersions } from 'semver';
