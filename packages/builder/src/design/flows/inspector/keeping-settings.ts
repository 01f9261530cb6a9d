import type { Flow } from '@fettle/definition';
import { setting } from '@fettle/sdk';
import { Type } from 'typebox';

const keeping = { bindable: false, section: 'Keeping runs' } as const;
const days = (title: string) =>
  Type.Optional(
    setting(Type.Integer({ minimum: 1, maximum: 3650 }), {
      title,
      description: 'Empty: as long as this installation keeps them.',
      ui: keeping,
    }),
  );
const count = (title: string) =>
  Type.Optional(
    setting(Type.Integer({ minimum: 1, maximum: 1_000_000 }), {
      title,
      description: 'The newest ones. Empty: any number.',
      ui: keeping,
    }),
  );

/** How long runs are kept, flat as the form of a flow has it. */
export const keepingSettings = {
  goodDays: days('Succeeded runs are kept for, in days'),
  goodCount: count('Succeeded runs that are kept'),
  badDays: days('Failed runs are kept for, in days'),
  badCount: count('Failed runs that are kept'),
};

/** What the form shows. */
export function keepingValues({ retention }: Flow): Readonly<Record<string, unknown>> {
  const entries = {
    goodDays: retention?.succeeded?.days,
    goodCount: retention?.succeeded?.count,
    badDays: retention?.failed?.days,
    badCount: retention?.failed?.count,
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

type Retention = NonNullable<Flow['retention']>;

/** The rule after one field of the form changed; null: none. */
export function changeRetention(
  before: Retention | undefined,
  name: 'goodDays' | 'goodCount' | 'badDays' | 'badCount',
  value: unknown,
): Retention | null {
  const group = name.startsWith('good') ? 'succeeded' : 'failed';
  const member = name.endsWith('Days') ? 'days' : 'count';
  const { [member]: _old, ...others } = before?.[group] ?? {};
  const changed = typeof value === 'number' ? { ...others, [member]: value } : others;
  const { [group]: _group, ...rest } = before ?? {};
  const after = Object.keys(changed).length === 0 ? rest : { ...rest, [group]: changed };
  return Object.keys(after).length === 0 ? null : after;
}
