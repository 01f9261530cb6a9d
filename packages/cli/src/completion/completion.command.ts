import { defineCommand, type Command } from '../command/command.ts';
import type { Registry } from '../command/help.ts';

/** `fettle completion`, for the registry it is itself in. */
export const createCompletion = (registry: () => Registry): Command =>
  defineCommand({
    name: 'completion',
    summary: 'Print a script that completes commands and options in your shell',
    arguments: { shell: { summary: 'Which shell', choices: ['bash', 'zsh', 'fish'] } },
    examples: [
      { line: 'source <(fettle completion bash)', summary: 'bash, in ~/.bashrc' },
      { line: 'fettle completion zsh > "${fpath[1]}/_fettle"', summary: 'zsh, once' },
      { line: 'fettle completion fish > ~/.config/fish/completions/fettle.fish', summary: 'fish, once' },
    ],
    run: async ({ arguments: { shell } }) => {
      const { completionScript } = await import('./completion-script.ts');
      const text = completionScript(registry(), shell as 'bash' | 'zsh' | 'fish');
      return { data: { shell, script: text }, text };
    },
  });
