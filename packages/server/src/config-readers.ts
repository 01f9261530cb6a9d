import { inputError } from '@fettle/base';
import { logLevels } from './log.ts';

// How texts of the environment are read. Each throws an input error that says what is expected.

const refuse = (expected: string): never => {
  throw inputError({ code: 'config.value', message: expected });
};

export const text =
  (fallback: string) =>
  (value: string | undefined): string =>
    value ?? fallback;

export function integer(fallback: number, minimum: number, maximum: number) {
  return (value: string | undefined): number => {
    if (value === undefined) return fallback;
    const number = Number(value);
    const isFine = /^\d+$/.test(value) && number >= minimum && number <= maximum;
    return isFine ? number : refuse(`a whole number from ${minimum} to ${maximum}`);
  };
}

/** Capabilities of flow actions that an operator can turn on. */
const knownOperatorActions: readonly string[] = ['ssh', 'backup'];

export const list = (value: string | undefined): readonly string[] =>
  (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

export function publicUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isFine = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '';
  return isFine ? url.origin : refuse('the address people open, without a path, such as https://apps.example.com');
}

export function databaseUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const isFine = /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
  return isFine ? value : refuse('a PostgreSQL address such as postgres://user:password@host:5432/fettle');
}

export function webAddress(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isFine = url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.username === '';
  return isFine ? url.href.replace(/\/$/, '') : refuse('an address such as https://registry.example.com');
}

/** Names by key. */
export function publishers(value: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    list(value).map((entry) => {
      const [, name, key] = /^([A-Za-z0-9 ._-]{1,60})=([A-Za-z0-9+/]{43}=)$/.exec(entry) ?? [];
      if (name === undefined || key === undefined) return refuse('name=key, with a key of 44 characters in base64');
      return [key, name] as const;
    }),
  );
}

export function secret(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const isGuessable = new Set(value).size < 8 || /change.?me|default|example|password|secret/i.test(value);
  if (value.length >= 32 && !isGuessable) return value;
  return refuse('at least 32 random characters, not a known or repeated text (make one: openssl rand -base64 48)');
}

export function ownerEmail(value: string | undefined): string | undefined {
  return value === undefined || /^[^\s@]+@[^\s@]+$/.test(value) ? value : refuse('an e-mail address');
}

export function ownerPassword(value: string | undefined): string | undefined {
  return value === undefined || (value.length >= 10 && value.length <= 200) ? value : refuse('10 to 200 characters');
}

export function allowOrDeny(value: string | undefined): 'allow' | 'deny' {
  if (value === undefined || value === 'allow') return 'allow';
  return value === 'deny' ? 'deny' : refuse('allow or deny');
}

export function optionalOrRequired(value: string | undefined): 'optional' | 'required' {
  if (value === undefined || value === 'optional') return 'optional';
  return value === 'required' ? 'required' : refuse('optional or required');
}

export function smtpUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const isFine = /^smtps?:\/\/[^/]+\/?$/.test(value) && URL.canParse(value);
  return isFine ? value : refuse('a mail server such as smtp://user:password@mail.example.com:587');
}

export function role(value: string | undefined): 'all' | 'server' | 'worker' {
  if (value === undefined || value === 'all') return 'all';
  return value === 'server' || value === 'worker' ? value : refuse('all, server or worker');
}

export function operatorActions(value: string | undefined): readonly string[] {
  const named = list(value);
  return named.every((name) => knownOperatorActions.includes(name))
    ? named
    : refuse(`some of ${knownOperatorActions.join(', ')}, separated by commas`);
}

export function offOrDaily(value: string | undefined): 'off' | 'daily' {
  if (value === undefined || value === 'off') return 'off';
  return value === 'daily' ? 'daily' : refuse('off or daily');
}

export function onOrOff(value: string | undefined): boolean {
  if (value === undefined || value === 'on') return true;
  return value === 'off' ? false : refuse('on or off');
}

export function metricsToken(value: string | undefined): string | undefined {
  return value === undefined || /^\S{16,200}$/.test(value) ? value : refuse('16 to 200 characters without spaces');
}

export function logLevel(value: string | undefined): (typeof logLevels)[number] {
  const level = logLevels.find((known) => known === (value ?? 'info'));
  return level ?? refuse(`one of ${logLevels.join(', ')}`);
}
