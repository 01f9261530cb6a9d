import { fileURLToPath } from 'node:url';

const modules = [
  '@fettle/sdk',
  '@fettle/sdk/server',
  '@fettle/sdk/react',
  '@fettle/sdk/testing',
  'react',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
] as const;

/** The SDK and React that come with the command line, in the place of whatever a project has or has not installed. */
export function sdkAliases(): { readonly find: RegExp; readonly replacement: string }[] {
  return modules.map((name) => ({
    find: new RegExp(`^${name}$`),
    replacement: fileURLToPath(import.meta.resolve(name)),
  }));
}
