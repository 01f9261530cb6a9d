import type { App, AppProblem } from '@fettle/definition';
import { parseSchedule } from './schedule.ts';

/** The trigger of flows that start by the clock. */
export const scheduleTrigger = 'core/schedule';

/** Schedules that cannot be read. What the definition cannot know: it has no clock and no calendar. */
export function checkSchedules(app: App): readonly AppProblem[] {
  return Object.values(app.flows).flatMap((flow) => {
    if (flow.disabled === true || flow.trigger.type !== scheduleTrigger) return [];
    const parsed = parseSchedule(flow.trigger.settings);
    if (parsed.ok) return [];
    return parsed.error.map(({ path, message }): AppProblem => ({
      severity: 'error',
      code: 'schedule.unreadable',
      path: `/flows/${flow.id}/trigger/settings${path}`,
      message: `${flow.name}: ${message}`,
      hint: "Correct the trigger's settings.",
      flow: flow.id,
    }));
  });
}
