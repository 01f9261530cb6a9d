import type { Command } from '../command/command.ts';
import type { Registry } from '../command/help.ts';
import { optionsOf } from '../command/parse-command-line.ts';

interface Word {
  readonly word: string;
  readonly summary: string;
}

/** What can stand after the words so far: `app pull` → its options and choices. */
interface Place {
  /** The words before, separated by blanks. */
  readonly path: string;
  readonly words: readonly Word[];
  /** Options with fixed values: `--format` → md, text. */
  readonly choices: readonly { readonly option: string; readonly values: readonly string[] }[];
}

/** A script for one shell, made from the registry. Files are completed where nothing else fits. */
export function completionScript(registry: Registry, shell: 'bash' | 'zsh' | 'fish'): string {
  const places = listPlaces(registry);
  return shell === 'bash' ? bash(places) : shell === 'zsh' ? zsh(places) : fish(places);
}

function listPlaces({ families, commands }: Registry): readonly Place[] {
  return [
    {
      path: '',
      words: [...families, ...commands].map(({ name, summary }) => ({ word: name, summary })),
      choices: [],
    },
    ...families.map(({ name, commands: own }): Place => ({
      path: name,
      words: own.map((command) => ({ word: command.name, summary: command.summary })),
      choices: [],
    })),
    ...commands.map((command) => placeOf(command, command.name)),
    ...families.flatMap((family) =>
      family.commands.map((command) => placeOf(command, `${family.name} ${command.name}`)),
    ),
  ];
}

function placeOf(command: Command, path: string): Place {
  const options = Object.entries(optionsOf(command));
  const positional = Object.values(command.arguments ?? {}).flatMap(({ choices = [] }) => choices);
  return {
    path,
    words: [
      ...positional.map((word) => ({ word, summary: '' })),
      ...options.map(([name, { summary }]) => ({ word: `--${name}`, summary })),
    ],
    choices: options.flatMap(([name, { choices }]) =>
      choices === undefined ? [] : [{ option: `--${name}`, values: choices }],
    ),
  };
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function bash(places: readonly Place[]): string {
  const cases = places.map(
    ({ path, words }) => `    ${quote(path)}) words=${quote(words.map(({ word }) => word).join(' '))} ;;`,
  );
  const values = places.flatMap(({ path, choices }) =>
    choices.map(({ option, values: known }) => `    ${quote(`${path} ${option}`)}) words=${quote(known.join(' '))} ;;`),
  );
  return `# fettle completion for bash
_fettle() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path='' words='' index
  for ((index = 1; index < COMP_CWORD && index < 3; index++)); do
    [[ \${COMP_WORDS[index]} == -* ]] && break
    path="\${path:+$path }\${COMP_WORDS[index]}"
  done
  case "$path" in
${cases.join('\n')}
    *) path="\${path%% *}"
      case "$path" in
${cases.map((line) => `    ${line}`).join('\n')}
      esac ;;
  esac
  case "$path $previous" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _fettle fettle
`;
}

function zsh(places: readonly Place[]): string {
  const item = ({ word, summary }: Word): string =>
    quote(`${word.replaceAll(':', String.raw`\:`)}${summary === '' ? '' : `:${summary.replaceAll(':', ' ')}`}`);
  const cases = places.map(({ path, words }) => `    ${quote(path)}) items=(${words.map(item).join(' ')}) ;;`);
  const values = places.flatMap(({ path, choices }) =>
    choices.map(
      ({ option, values: known }) => `    ${quote(`${path} ${option}`)}) items=(${known.map(quote).join(' ')}) ;;`,
    ),
  );
  return `#compdef fettle
# fettle completion for zsh
_fettle() {
  local -a items
  local spot='' index previous=\${words[CURRENT-1]}
  for ((index = 2; index < CURRENT && index < 4; index++)); do
    [[ \${words[index]} == -* ]] && break
    spot="\${spot:+$spot }\${words[index]}"
  done
  case "$spot" in
${cases.join('\n')}
    *) spot="\${spot%% *}"
      case "$spot" in
${cases.map((line) => `    ${line}`).join('\n')}
      esac ;;
  esac
  case "$spot $previous" in
${values.join('\n')}
  esac
  _describe 'fettle' items || _files
}
if [[ $funcstack[1] == _fettle ]]; then _fettle "$@"; else compdef _fettle fettle; fi
`;
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, words, choices }) => {
    const condition = quote(`__fettle_at ${path}`.trim());
    return words.map(({ word, summary }) => {
      if (!word.startsWith('--')) return `complete -c fettle -n ${condition} -f -a ${quote(word)} -d ${quote(summary)}`;
      const known = choices.find(({ option }) => option === word);
      const takes = known === undefined ? '' : ` -x -a ${quote(known.values.join(' '))}`;
      return `complete -c fettle -n ${condition} -l ${word.slice(2)}${takes} -d ${quote(summary)}`;
    });
  });
  return `# fettle completion for fish
function __fettle_at
  set -l words (commandline -opc)
  set -l path
  for word in $words[2..3]
    string match -q -- '-*' $word; and break
    set -a path $word
  end
  test "$path" = "$argv"; and return 0
  # The argument of a command without a family stands where the command of a family would.
  test (count $argv) -eq 1; and test "$path[1]" = "$argv"; and not contains -- $argv ${familyNames(places).join(' ')}
end
${lines.join('\n')}
`;
}

function familyNames(places: readonly Place[]): readonly string[] {
  return [
    ...new Set(
      places
        .map(({ path }) => path)
        .filter((path) => path.includes(' '))
        .map((path) => path.split(' ')[0] ?? ''),
    ),
  ];
}
