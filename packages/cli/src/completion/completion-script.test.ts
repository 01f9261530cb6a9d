import { execFileSync, spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { registry } from '../registry.ts';
import { completionScript } from './completion-script.ts';

const hasShell = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** What bash offers for a line that ends where the cursor is. */
function offer(words: readonly string[]): readonly string[] {
  const script = `${completionScript(registry, 'bash')}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _fettle; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

it.skipIf(!hasShell('bash'))('completes families, commands, options and choices in bash', () => {
  expect(offer(['fettle', 'ap'])).toEqual(['app']);
  expect(offer(['fettle', 'app', 'li'])).toEqual(['list']);
  expect(offer(['fettle', 'app', 'list', '--js'])).toEqual(['--json']);
  expect(offer(['fettle', 'login', '--key'])).toEqual(['--key-stdin']);
  expect(offer(['fettle', 'completion', ''])).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
});

it.each(['zsh', 'fish'] as const)('is a script that %s can read', (shell) => {
  const script = completionScript(registry, shell);
  for (const { name } of registry.families) expect(script).toContain(name);
  if (hasShell(shell)) expect(spawnSync(shell, ['-n'], { input: script }).status).toBe(0);
  else process.stderr.write(`Not checked by ${shell}: it is not installed.\n`);
});
