import { agentNotes, changeTopics, internalNotes, requesterNotes, ticketTopics } from './demo-texts.ts';
import type { DemoAsset, DemoPerson, DemoTable, DemoValue } from './generate-demo-data.ts';
import type { Random } from './random.ts';

interface Surroundings {
  readonly random: Random;
  readonly now: number;
  readonly people: readonly DemoPerson[];
  readonly assets: readonly DemoAsset[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const categories = [
  ['Hardware', 27],
  ['Software', 24],
  ['Access', 22],
  ['Network', 12],
  ['Onboarding', 9],
  ['Security', 6],
] as const;
const priorities = [
  ['Low', 22],
  ['Normal', 52],
  ['High', 20],
  ['Urgent', 6],
] as const;
/** Hours to resolve, by priority. */
const targets: Readonly<Record<string, number>> = { Low: 120, Normal: 72, High: 24, Urgent: 8 };

/** Tickets of the last 18 months with their comments. */
export function generateTickets(given: Surroundings): readonly DemoTable[] {
  const { random, now, people } = given;
  const agents = people.filter((person) => person.department === 1 && person.isActive);
  const moments = ticketMoments(random, now, 2500);
  const tickets: DemoValue[][] = [];
  const comments: DemoValue[][] = [];
  for (const [index, createdAt] of moments.entries()) {
    const category = random.weighted(categories);
    const [subject, description, assetCategory] = random.pick(ticketTopics[category] ?? []);
    const priority = random.weighted(category === 'Security' ? securityPriorities : priorities);
    const requester = requesterAt(given, createdAt);
    const target = (targets[priority] ?? 72) * hourMs;
    const course = courseOf(given, createdAt, target);
    const agent = course.status === 'Open' && random.chance(0.6) ? undefined : random.pick(agents);
    const asset = assetCategory === null || random.chance(0.25) ? undefined : assetOf(given, requester, assetCategory);
    const rating =
      course.resolvedAt !== undefined && random.chance(0.46)
        ? ratingOf(given, course.resolvedAt - createdAt <= target)
        : null;
    tickets.push([
      index + 1,
      subject,
      description,
      category,
      priority,
      course.status,
      requester.id,
      agent?.id ?? null,
      asset?.id ?? null,
      stamp(createdAt),
      stamp(createdAt + target),
      course.resolvedAt === undefined ? null : stamp(course.resolvedAt),
      rating,
    ]);
    if (agent !== undefined) {
      addComments(comments, given, { ticket: index + 1, createdAt, until: course.resolvedAt ?? now, agent, requester });
    }
  }
  return [
    {
      name: 'tickets',
      columns: [
        'id',
        'subject',
        'description',
        'category',
        'priority',
        'status',
        'requester_id',
        'assignee_id',
        'asset_id',
        'created_at',
        'due_at',
        'resolved_at',
        'satisfaction',
      ],
      rows: tickets,
    },
    {
      name: 'ticket_comments',
      columns: ['id', 'ticket_id', 'author_id', 'body', 'is_internal', 'created_at'],
      rows: comments,
    },
  ];
}

const securityPriorities = [
  ['Normal', 30],
  ['High', 50],
  ['Urgent', 20],
] as const;

/** Working hours on working days, more on Mondays, slowly more from month to month; in order. */
function ticketMoments(random: Random, now: number, count: number): readonly number[] {
  const moments: number[] = [];
  while (moments.length < count) {
    const age = Math.floor(((1 - Math.sqrt(random.next() * 0.8 + 0.2)) / (1 - Math.sqrt(0.2))) * 548);
    const noon = now - age * dayMs;
    const weekday = new Date(noon).getUTCDay();
    if ((weekday === 0 || weekday === 6) && random.chance(0.88)) continue;
    if (weekday > 1 && random.chance(0.18)) continue;
    const moment = noon - 12 * hourMs + Math.floor((7 + (random.next() + random.next()) * 5.5) * hourMs);
    if (moment < now - 20 * 60_000) moments.push(moment);
  }
  return moments.sort((a, b) => a - b);
}

function requesterAt({ random, now, people }: Surroundings, moment: number): DemoPerson {
  for (;;) {
    const person = random.pick(people);
    if (now + person.startDay * dayMs < moment) return person;
  }
}

function assetOf({ random, assets }: Surroundings, requester: DemoPerson, category: string): DemoAsset | undefined {
  const own = assets.filter((asset) => asset.category === category && asset.assignedTo === requester.id);
  if (own.length > 0) return random.pick(own);
  const isShared = category === 'Network' || category === 'Printer';
  return isShared ? random.pick(assets.filter((asset) => asset.category === category)) : undefined;
}

function courseOf({ random, now }: Surroundings, createdAt: number, target: number) {
  const effort = random.chance(0.84) ? 0.08 + random.next() * 0.88 : 1.05 + random.next() * 2.2;
  const resolvedAt = Math.floor(createdAt + target * effort);
  const isLingering = random.chance(0.012);
  if (resolvedAt < now && !isLingering) {
    return { status: now - resolvedAt > 6 * dayMs ? 'Closed' : 'Resolved', resolvedAt };
  }
  return {
    status: random.weighted([
      ['Open', 38],
      ['In progress', 40],
      ['Waiting', 22],
    ] as const),
    resolvedAt: undefined,
  };
}

function ratingOf({ random }: Surroundings, isInTime: boolean): number {
  return isInTime
    ? random.weighted([
        [5, 52],
        [4, 33],
        [3, 11],
        [2, 3],
        [1, 1],
      ] as const)
    : random.weighted([
        [5, 10],
        [4, 24],
        [3, 32],
        [2, 22],
        [1, 12],
      ] as const);
}

function addComments(
  comments: DemoValue[][],
  { random }: Surroundings,
  ticket: {
    readonly ticket: number;
    readonly createdAt: number;
    readonly until: number;
    readonly agent: DemoPerson;
    readonly requester: DemoPerson;
  },
): void {
  const count = random.weighted([
    [0, 20],
    [1, 31],
    [2, 25],
    [3, 15],
    [4, 9],
  ] as const);
  const moments = Array.from(
    { length: count },
    () => ticket.createdAt + random.next() * (ticket.until - ticket.createdAt),
  );
  for (const [index, moment] of moments.sort((a, b) => a - b).entries()) {
    const isAgent = index % 2 === 0;
    const isInternal = isAgent && random.chance(0.12);
    comments.push([
      comments.length + 1,
      ticket.ticket,
      isAgent ? ticket.agent.id : ticket.requester.id,
      random.pick(isInternal ? internalNotes : isAgent ? agentNotes : requesterNotes),
      isInternal ? 1 : 0,
      stamp(Math.floor(moment)),
    ]);
  }
}

/** Changes of the last 18 months and the next four weeks, with the assets they concern. */
export function generateChanges({ random, now, people, assets }: Surroundings): readonly DemoTable[] {
  const agents = people.filter((person) => person.department === 1 && person.isActive);
  const rows: DemoValue[][] = [];
  const links: DemoValue[][] = [];
  const starts = Array.from({ length: 350 }, () => now - 548 * dayMs + random.next() * 576 * dayMs).sort(
    (a, b) => a - b,
  );
  for (const [index, moment] of starts.entries()) {
    const [title, description, risk, category] = random.pick(changeTopics);
    // Windows begin in the evening and last as long as the risk asks for.
    const start = Math.floor(moment / dayMs) * dayMs + random.whole(17, 22) * hourMs;
    const end = start + random.whole(1, risk === 'High' ? 6 : 3) * hourMs;
    const status = statusOfChange(random, start, now);
    const hasApproval = status === 'Approved' || status === 'Done' || status === 'Rolled back';
    const requester = random.pick(agents);
    const approver = random.pick(agents.filter((agent) => agent.id !== requester.id));
    const created = Math.min(start - random.whole(3, 24) * dayMs, now - random.whole(1, 40) * hourMs);
    rows.push([
      index + 1,
      title,
      description,
      risk,
      status,
      requester.id,
      hasApproval ? approver.id : null,
      stamp(start),
      stamp(end),
      stamp(created),
    ]);
    const candidates = assets.filter((asset) => asset.category === category);
    const chosen = new Set(Array.from({ length: random.whole(1, 5) }, () => random.pick(candidates).id));
    for (const asset of chosen) links.push([index + 1, asset]);
  }
  return [
    {
      name: 'changes',
      columns: [
        'id',
        'title',
        'description',
        'risk',
        'status',
        'requested_by',
        'approved_by',
        'window_start',
        'window_end',
        'created_at',
      ],
      rows,
    },
    { name: 'change_assets', columns: ['change_id', 'asset_id'], rows: links },
  ];
}

function statusOfChange(random: Random, start: number, now: number): string {
  if (start < now)
    return random.weighted([
      ['Done', 88],
      ['Rolled back', 5],
      ['Rejected', 7],
    ] as const);
  return random.weighted([
    ['Draft', 20],
    ['In review', 35],
    ['Approved', 45],
  ] as const);
}

function stamp(moment: number): string {
  return new Date(moment).toISOString();
}
