import type { Template, TemplateFacts } from './template.ts';

/** The files that every new plugin has. */
export function projectFiles(
  { id, title, sdk }: TemplateFacts,
  { description, permissions }: Template,
): readonly (readonly [string, string])[] {
  const manifest = { id, version: '0.1.0', title, description, license: 'Apache-2.0', sdk, permissions };
  const pack = {
    name: `fettle-plugin-${id}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: {
      dev: 'fettle plugin dev',
      test: 'fettle plugin test',
      build: 'fettle plugin build',
      pack: 'fettle plugin pack',
    },
  };
  const types = {
    compilerOptions: {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      jsx: 'react-jsx',
      lib: ['es2023', 'dom', 'dom.iterable'],
      noEmit: true,
      allowImportingTsExtensions: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      types: [],
    },
    include: ['src'],
  };
  return [
    ['fettle.plugin.json', json(manifest)],
    ['package.json', json(pack)],
    ['tsconfig.json', json(types)],
    ['.gitignore', 'dist\nnode_modules\n*.tgz\n'],
    ['README.md', readme(title, description)],
  ];
}

function readme(title: string, description: string): string {
  return `# ${title}

${description}

| command                 | what it does                                                             |
| ----------------------- | ------------------------------------------------------------------------ |
| \`fettle plugin test\`    | runs the tests, the contract of the SDK among them                       |
| \`fettle plugin dev\`     | builds and installs it on a server whenever a file is saved              |
| \`fettle plugin pack\`    | makes the file that is installed                                         |
| \`fettle plugin install\` | installs that file on a server, after showing what the plugin asks for   |

What it may do stands in \`fettle.plugin.json\` under "permissions". Its code runs apart, without files, network or
environment: it asks for what it needs through what it is given.
`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
