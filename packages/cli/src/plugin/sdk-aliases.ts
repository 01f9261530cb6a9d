import { fileURLToPath } from 'node:url';

/** The SDK that comes with the command line, in the place of whatever a project has or has not installed. */
export function sdkAliases(): { readonly find: RegExp; readonly replacement: string }[] {
  return ['', '/server', '/react', '/testing'].map((entry) => ({
    find: new RegExp(`^@fettle/sdk${entry}$`),
    replacement: fileURLToPath(import.meta.resolve(`@fettle/sdk${entry}`)),
  }));
}
