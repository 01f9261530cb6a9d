/** How large a plugin may be, packed and unpacked. */
export interface ArchiveLimits {
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly fileBytes: number;
  readonly files: number;
}

/** Limits of archives that are installed. */
export const archiveLimits: ArchiveLimits = {
  packedBytes: 10 * 1024 * 1024,
  unpackedBytes: 32 * 1024 * 1024,
  fileBytes: 8 * 1024 * 1024,
  files: 500,
};
