import type { FlowAlert, FlowAlertSettings } from '@fettle/contract';

type Kind = FlowAlert['kind'];

/** What alerts watch for, as people choose it. */
export const alertKinds: readonly { readonly value: Kind; readonly label: string; readonly hint: string }[] = [
  { value: 'failure', label: 'A run fails', hint: 'Told at the first failure, and again when a run succeeds.' },
  { value: 'failures', label: 'Many runs fail', hint: 'Told when so many fail within so long.' },
  {
    value: 'missed-schedule',
    label: 'A schedule is missed',
    hint: 'Told when a run that was due did not begin, also when the server was down.',
  },
  {
    value: 'slow-queue',
    label: 'Runs wait too long to begin',
    hint: 'Told when a run is queued for longer than this.',
  },
  { value: 'long-duration', label: 'A run takes too long', hint: 'Told when a run is under way for longer than this.' },
];

/** A new alert. */
export const newAlert: FlowAlertSettings = {
  name: '',
  kind: 'failure',
  flow: null,
  count: 3,
  minutes: 15,
  isOn: true,
  emails: [],
  people: [],
  startFlow: null,
};

/** When an alert tells people, in a sentence. `flow` is what its flow is called; undefined: it watches all. */
export function conditionText({ kind, count, minutes }: FlowAlertSettings, flow: string | undefined): string {
  const of = flow === undefined ? 'any flow' : `“${flow}”`;
  const time = minutesText(minutes);
  switch (kind) {
    case 'failure':
      return `When a run of ${of} fails`;
    case 'failures':
      return count === 1
        ? `When a run of ${of} fails within ${time}`
        : `When ${count} runs of ${of} fail within ${time}`;
    case 'missed-schedule':
      return `When ${of} does not begin within ${time} of its schedule`;
    case 'slow-queue':
      return `When a run of ${of} is queued for more than ${time}`;
    case 'long-duration':
      return `When a run of ${of} takes more than ${time}`;
  }
}

/** Who is told, in words. */
export function receiversText(
  { emails, people, startFlow }: FlowAlertSettings,
  names: { readonly person: (id: string) => string; readonly flow: (id: string) => string },
): string {
  const told = [...people.map(names.person), ...emails];
  const words = told.length > 3 ? `${told.slice(0, 2).join(', ')} and ${told.length - 2} more` : told.join(', ');
  const started = startFlow === null ? undefined : `starts “${names.flow(startFlow)}”`;
  if (words === '') return started === undefined ? 'Tells nobody' : `It ${started}`;
  return `Tells ${words}${started === undefined ? '' : ` and ${started}`}`;
}

/** What keeps an alert from being stored; undefined when nothing does. */
export function alertProblem({ name, emails, people, startFlow }: FlowAlertSettings): string | undefined {
  if (name.trim() === '') return 'Give it a name.';
  const wrong = emails.find((email) => !/^[^\s@]+@[^\s@]+$/.test(email));
  if (wrong !== undefined) return `“${wrong}” is no e-mail address.`;
  if (emails.length === 0 && people.length === 0 && startFlow === null)
    return 'Choose who is told: people, e-mail addresses, or a flow.';
  return undefined;
}

function minutesText(minutes: number): string {
  const [count, word] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return count === 1 ? (word === 'hour' ? 'an hour' : `a ${word}`) : `${count} ${word}s`;
}
