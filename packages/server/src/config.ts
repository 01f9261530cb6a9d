import { readFileSync } from 'node:fs';
import { AppError, inputError, type Problem } from '@fettle/base';
import { configSettings, type ConfigSetting } from './config-settings.ts';

/** The settings of the installation, checked. See `docs/settings.md` for what each means. */
export type Config = {
  readonly [K in keyof typeof configSettings]: ReturnType<(typeof configSettings)[K]['read']>;
};

const entries = Object.entries(configSettings) as [keyof Config, ConfigSetting<unknown>][];

/**
 * Reads the settings from the environment. Throws one error that names everything wrong: bad values, and
 * `FETTLE_…` variables that do not exist.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: Problem[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, setting] of entries) {
    let given: string | undefined;
    try {
      given = givenText(environment, setting);
      config[name] = setting.read(given);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const shown = setting.isSecret === true ? '' : `, not "${given}"`;
      problems.push({ path: `/${setting.variable}`, message: `${setting.variable} must be ${error.message}${shown}.` });
    }
  }
  problems.push(...unknownVariables(environment), ...contradictions(config as Partial<Config>));
  if (problems.length > 0) {
    throw inputError({
      code: 'config.invalid',
      message: `The settings cannot be used. ${problems.map(({ message }) => message).join(' ')}`,
      hint: 'Correct the environment variables named above. All settings are listed in docs/settings.md.',
      problems,
    });
  }
  return config as Config;
}

/** What is set, or stands in the file that is named for a secret one; nothing is the same as an empty text. */
function givenText(
  environment: Readonly<Record<string, string | undefined>>,
  { variable, isSecret }: ConfigSetting<unknown>,
): string | undefined {
  const text = environment[variable]?.trim();
  const file = isSecret === true ? environment[fileVariable(variable)]?.trim() : undefined;
  const isText = text !== undefined && text !== '';
  if (file === undefined || file === '') return isText ? text : undefined;
  if (isText) return refuse(`given once: itself, or as ${fileVariable(variable)}`);
  try {
    const content = readFileSync(file, 'utf8').trim();
    return content === '' ? refuse(`in the file of ${fileVariable(variable)}, which is empty`) : content;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return refuse(`in the file of ${fileVariable(variable)}, which cannot be read (${code})`);
  }
}

const fileVariable = (variable: string): string => `${variable}_FILE`;

const refuse = (expected: string): never => {
  throw inputError({ code: 'config.value', message: expected });
};

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): Problem[] {
  const known = entries.flatMap(([, { variable, isSecret }]) =>
    isSecret === true ? [variable, fileVariable(variable)] : [variable],
  );
  return Object.keys(environment)
    .filter(
      (variable) => variable.startsWith('FETTLE_') && !variable.startsWith('FETTLE_TEST_') && !known.includes(variable),
    )
    .map((variable) => {
      const near = known.find((candidate) => isNear(candidate, variable));
      const advice = near === undefined ? '' : ` Did you mean ${near}?`;
      return { path: `/${variable}`, message: `${variable} is not a setting.${advice}` };
    });
}

function contradictions(config: Partial<Config>): Problem[] {
  if (config.role !== undefined && config.role !== 'all' && config.databaseUrl === undefined) {
    const message = `FETTLE_ROLE=${config.role} needs DATABASE_URL: on the embedded database one process does everything.`;
    return [{ path: '/FETTLE_ROLE', message }];
  }
  if (config.smtpUrl !== undefined && config.mailFrom === undefined) {
    return [{ path: '/FETTLE_MAIL_FROM', message: 'FETTLE_SMTP_URL needs FETTLE_MAIL_FROM: who e-mail comes from.' }];
  }
  // One that cannot be read has been named already.
  if (!Object.hasOwn(config, 'ownerEmail') || !Object.hasOwn(config, 'ownerPassword')) return [];
  if ((config.ownerEmail === undefined) === (config.ownerPassword === undefined)) return [];
  const path = config.ownerEmail === undefined ? '/FETTLE_OWNER_EMAIL' : '/FETTLE_OWNER_PASSWORD';
  return [{ path, message: 'FETTLE_OWNER_EMAIL and FETTLE_OWNER_PASSWORD must be given together.' }];
}

/** True when one text becomes the other by at most three changes of a letter. */
function isNear(a: string, b: string): boolean {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + cost,
      );
    }
    previous = current;
  }
  return (previous[b.length] ?? Number.POSITIVE_INFINITY) <= 3;
}

/** The documentation of all settings, as Markdown. */
export function describeConfig(): string {
  const rows = entries.map(
    ([, { variable, isSecret, description, defaultText, example }]) =>
      `| \`${variable}\`${isSecret === true ? ' or `_FILE`' : ''} | ${description} | ${defaultText} | \`${example}\` |`,
  );
  return [
    '# Settings',
    '',
    'All settings are environment variables. They are read and checked at start; a bad or unknown one stops the start and is named.',
    'Those with `_FILE` beside their name can be read from a file instead, as containers and service managers hand secrets over: `FETTLE_SECRET_FILE=/run/secrets/fettle-secret`.',
    'This page is made from `packages/server/src/config-settings.ts`.',
    '',
    '| variable | meaning | default | example |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
