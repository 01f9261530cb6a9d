import { choice, defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Time passes: a cron expression or an interval, in a time zone. What the settings mean, `parseSchedule` says. */
export const scheduleTriggerManifest = defineFlowTrigger({
  id: 'core/schedule',
  version: 1,
  title: 'On a schedule',
  description: 'Starts the flow at certain times or every so often, once per time however many servers there are.',
  icon: 'clock',
  category: 'Time',
  source: 'schedule',
  summary: 'expression',
  keywords: ['cron', 'timer', 'interval', 'daily', 'hourly'],
  settings: Type.Object({
    kind: choice(['cron', 'interval'], {
      title: 'Starts',
      default: 'cron',
      labels: { cron: 'At times', interval: 'Every so often' },
      ui: { editor: 'segmented', bindable: false },
    }),
    expression: Type.Optional(
      setting(Type.String({ maxLength: 200 }), {
        title: 'Cron expression',
        description: 'Minute, hour, day, month, weekday; with six fields the second comes first.',
        ui: { bindable: false, placeholder: '0 9 * * 1-5', when: { setting: 'kind', in: ['cron'] } },
      }),
    ),
    every: Type.Optional(
      setting(Type.String({ maxLength: 60 }), {
        title: 'Every',
        description: 'A second or more, such as 30s, 15m, 2h or 1d.',
        ui: { bindable: false, placeholder: '15m', when: { setting: 'kind', in: ['interval'] } },
      }),
    ),
    timeZone: Type.Optional(
      setting(Type.String({ maxLength: 60 }), {
        title: 'Time zone',
        default: 'UTC',
        ui: { bindable: false, placeholder: 'Europe/Berlin' },
      }),
    ),
    anchor: Type.Optional(
      setting(Type.String({ maxLength: 40 }), {
        title: 'Counted from',
        description: 'A time of one start: the others follow from it. Midnight of 1 January 1970 in UTC unless given.',
        ui: {
          bindable: false,
          advanced: true,
          placeholder: '2030-01-31T09:00',
          when: { setting: 'kind', in: ['interval'] },
        },
      }),
    ),
    excludeWeekdays: Type.Optional(
      setting(Type.Array(Type.Unsafe<string>({ type: 'string', enum: [...weekdays] })), {
        title: 'Not on',
        ui: {
          section: 'Left out',
          bindable: false,
          advanced: true,
          labels: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
        },
      }),
    ),
    excludeDates: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 1000 }), {
        title: 'Not on these days',
        description: 'Dates such as 2030-12-24, or ranges such as 2030-12-24/2031-01-01.',
        ui: { section: 'Left out', bindable: false, advanced: true },
      }),
    ),
    excludeTimes: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 100 }), {
        title: 'Not at these times of day',
        description: 'Ranges such as 22:00-06:00.',
        ui: { section: 'Left out', bindable: false, advanced: true },
      }),
    ),
    start: Type.Optional(
      setting(Type.String({ maxLength: 40 }), {
        title: 'From',
        description: 'Nothing starts before. A day, or a time in the zone above.',
        ui: { section: 'Bounds', bindable: false, advanced: true, placeholder: '2030-01-31' },
      }),
    ),
    end: Type.Optional(
      setting(Type.String({ maxLength: 40 }), {
        title: 'Until',
        description: 'Nothing starts after. A day counts to its end.',
        ui: { section: 'Bounds', bindable: false, advanced: true, placeholder: '2030-12-31' },
      }),
    ),
    catchUp: Type.Optional(
      choice(['skip', 'latest', 'all'], {
        title: 'After a time without a server',
        description: 'What becomes of starts that were missed because no server ran.',
        default: 'latest',
        labels: { skip: 'Skip them', latest: 'Make up for the last', all: 'Make up for all' },
        ui: { section: 'Missed starts', bindable: false, advanced: true },
      }),
    ),
    catchUpLimit: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
        title: 'At most',
        description: 'The latest are made up for.',
        default: 100,
        ui: { section: 'Missed starts', bindable: false, advanced: true, when: { setting: 'catchUp', in: ['all'] } },
      }),
    ),
  }),
  payload: Type.Object({
    /** ISO 8601 in UTC: when it was due. */
    scheduledAt: Type.String(),
    /** When it was really started. */
    firedAt: Type.String(),
    /** True when it makes up for a start that was missed. */
    isCatchUp: Type.Boolean(),
  }),
  sample: { scheduledAt: '2030-01-31T09:00:00.000Z', firedAt: '2030-01-31T09:00:00.120Z', isCatchUp: false },
});
