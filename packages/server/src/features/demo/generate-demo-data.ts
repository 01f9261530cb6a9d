import { assetModels, departments, familyNames, givenNames, locations, softwareTitles, vendors } from './demo-words.ts';
import { createRandom, type Random } from './random.ts';
import { generateChanges, generateTickets } from './generate-demo-work.ts';

/** A cell of the demo. */
export type DemoValue = string | number | null;
/** Rows of a table, values in the order of `columns`. */
export interface DemoTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly DemoValue[])[];
}

/** One person while the rest is made. */
export interface DemoPerson {
  readonly id: number;
  readonly department: number;
  readonly location: number;
  readonly isActive: boolean;
  readonly startDay: number;
}

/** One asset while the rest is made. */
export interface DemoAsset {
  readonly id: number;
  readonly category: string;
  readonly assignedTo: number | null;
}

const dayMs = 86_400_000;

/** A day as `YYYY-MM-DD`, this many days after `now` (before it when negative). */
export function dayText(now: number, days: number): string {
  return new Date(now + days * dayMs).toISOString().slice(0, 10);
}

/** All rows of the demo, as if it were `now`. The same seed and day give the same rows. */
export function generateDemoData(options: { readonly seed: number; readonly now: number }): readonly DemoTable[] {
  const random = createRandom(options.seed);
  // Rows depend on the day alone, so that a second run on the same day gives the same file.
  const now = Math.floor(options.now / dayMs) * dayMs + dayMs / 2;
  const people = generatePeople(random, now);
  const assets = generateAssets(random, now, people.people);
  return [
    {
      name: 'departments',
      columns: ['id', 'name', 'cost_centre'],
      rows: departments.map(([name, cost], i) => [i + 1, name, cost]),
    },
    {
      name: 'locations',
      columns: ['id', 'name', 'city', 'country', 'time_zone'],
      rows: locations.map(([name, city, country, zone], index) => [index + 1, name, city, country, zone]),
    },
    people.table,
    {
      name: 'vendors',
      columns: ['id', 'name', 'website', 'contact_email', 'account_number'],
      rows: vendorRows(random),
    },
    assets.table,
    ...generateTickets({ random, now, people: people.people, assets: assets.assets }),
    ...generateChanges({ random, now, people: people.people, assets: assets.assets }),
    ...generateSoftware(random, now, assets.assets),
  ];
}

function generatePeople(
  random: Random,
  now: number,
): { readonly people: readonly DemoPerson[]; readonly table: DemoTable } {
  const people: DemoPerson[] = [];
  const rows: DemoValue[][] = [];
  const emails = new Set<string>();
  const leads = new Map<number, number>();
  const shares = departments.map(([, , share], index) => [index + 1, share] as const);
  const places = locations.map(([, , , , share], index) => [index + 1, share] as const);
  for (let id = 1; id <= 402; id += 1) {
    const isLead = id >= 2 && id <= departments.length + 1;
    const department = id === 1 ? 5 : isLead ? id - 1 : random.weighted(shares);
    const given = random.pick(givenNames);
    const family = random.pick(familyNames);
    const startDay = -random.whole(isLead || id === 1 ? 900 : 5, 2600);
    const isActive = isLead || id === 1 || !random.chance(0.06);
    const person = { id, department, location: isLead || id === 1 ? 1 : random.weighted(places), isActive, startDay };
    const manager = id === 1 ? null : isLead ? 1 : (leads.get(department * 100 + random.whole(0, 2)) ?? department + 1);
    // The first colleagues of each department lead a group each: two levels below the department's lead.
    if (!isLead && id !== 1) {
      const group = [0, 1, 2].find((number) => !leads.has(department * 100 + number));
      if (group !== undefined && isActive) leads.set(department * 100 + group, id);
    }
    const title =
      id === 1
        ? 'Managing director'
        : isLead
          ? `Head of ${departments[department - 1]?.[0] ?? ''}`
          : random.pick(departments[department - 1]?.[3] ?? ['Specialist']);
    people.push(person);
    rows.push([
      id,
      `${given} ${family}`,
      uniqueEmail(emails, given, family),
      title,
      department,
      person.location,
      manager === id ? null : manager,
      random.chance(0.8) ? `+31 10 555 ${String(1000 + id)}` : null,
      dayText(now, startDay),
      isActive ? 1 : 0,
    ]);
  }
  const columns = [
    'id',
    'full_name',
    'email',
    'job_title',
    'department_id',
    'location_id',
    'manager_id',
    'phone',
    'start_date',
    'is_active',
  ];
  return { people, table: { name: 'people', columns, rows } };
}

function uniqueEmail(taken: Set<string>, given: string, family: string): string {
  const stem = `${given}.${family}`.toLowerCase();
  let email = `${stem}@harrowgate.example`;
  for (let number = 2; taken.has(email); number += 1) email = `${stem}${number}@harrowgate.example`;
  taken.add(email);
  return email;
}

function vendorRows(random: Random): readonly (readonly DemoValue[])[] {
  return vendors.map(([name], index) => {
    const domain = `${name.toLowerCase().replace(/[^a-z]+/g, '')}.example`;
    return [index + 1, name, `https://${domain}`, `orders@${domain}`, `AC-${random.whole(10_000, 99_999)}`];
  });
}

const assetPlan: readonly (readonly [string, number])[] = [
  ['Laptop', 560],
  ['Monitor', 640],
  ['Phone', 250],
  ['Licence', 180],
  ['Network', 92],
  ['Server', 48],
  ['Printer', 36],
];

function generateAssets(
  random: Random,
  now: number,
  people: readonly DemoPerson[],
): { readonly assets: readonly DemoAsset[]; readonly table: DemoTable } {
  const assets: DemoAsset[] = [];
  const rows: DemoValue[][] = [];
  for (const [category, count] of assetPlan) {
    const isPersonal =
      category === 'Laptop' || category === 'Monitor' || category === 'Phone' || category === 'Licence';
    for (let number = 0; number < count; number += 1) {
      const id = rows.length + 1;
      const [model, vendor, low, high] = random.pick(assetModels[category] ?? []);
      const age = Math.floor(random.next() ** 1.4 * 1750) + 3;
      const status =
        age > 1500 && random.chance(0.6) ? 'Retired' : random.weighted(isPersonal ? personalStatus : sharedStatus);
      const holder = isPersonal && (status === 'In use' || status === 'In repair') ? random.pick(people) : undefined;
      const assignedTo = holder?.isActive === true ? holder.id : null;
      const location = category === 'Server' ? 7 : (holder?.location ?? random.whole(1, 6));
      const settled = isPersonal && assignedTo === null && status === 'In use' ? 'In stock' : status;
      assets.push({ id, category, assignedTo });
      rows.push([
        id,
        `${category.slice(0, 2).toUpperCase()}-${String(10_000 + id)}`,
        model,
        category,
        serial(random, category),
        vendors.findIndex(([name]) => name === vendor) + 1,
        location,
        assignedTo,
        settled,
        dayText(now, -age),
        (random.whole(low * 100, high * 100) / 100).toFixed(2),
        category === 'Licence' ? null : dayText(now, -age + random.pick([730, 1095, 1095, 1460])),
        random.chance(0.07) ? random.pick(assetNotes) : null,
      ]);
    }
  }
  const columns = [
    'id',
    'tag',
    'name',
    'category',
    'serial_number',
    'vendor_id',
    'location_id',
    'assigned_to',
    'status',
    'purchase_date',
    'purchase_price',
    'warranty_until',
    'notes',
  ];
  return { assets, table: { name: 'assets', columns, rows } };
}

const personalStatus = [
  ['In use', 84],
  ['In stock', 10],
  ['In repair', 3],
  ['Retired', 2],
  ['Lost', 1],
] as const;
const sharedStatus = [
  ['In use', 90],
  ['In stock', 5],
  ['In repair', 3],
  ['Retired', 2],
] as const;
const assetNotes = [
  'Small dent on the lid.',
  'Battery replaced last spring.',
  'Spare charger in the drawer.',
  'Loan device, return to the desk.',
  'Screen protector fitted.',
];

function serial(random: Random, category: string): string {
  const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ23456789';
  let text = category.charAt(0);
  for (let index = 0; index < 10; index += 1) text += letters.charAt(random.whole(0, letters.length - 1));
  return text;
}

function generateSoftware(random: Random, now: number, assets: readonly DemoAsset[]): readonly DemoTable[] {
  const installs: DemoValue[][] = [];
  for (const asset of assets) {
    if (asset.category !== 'Laptop' || asset.assignedTo === null) continue;
    for (let title = 1; title <= softwareTitles.length; title += 1) {
      if (random.chance(title <= 4 ? 0.9 : 0.12)) installs.push([title, asset.id, dayText(now, -random.whole(1, 700))]);
    }
  }
  return [
    {
      name: 'software',
      columns: ['id', 'name', 'vendor_id', 'licence_model', 'seats', 'annual_cost', 'renewal_date'],
      rows: softwareTitles.map(([name, vendor, model, seats, cost], index) => [
        index + 1,
        name,
        vendors.findIndex(([found]) => found === vendor) + 1,
        model,
        seats,
        cost.toFixed(2),
        dayText(now, random.whole(-20, 330)),
      ]),
    },
    { name: 'software_installs', columns: ['software_id', 'asset_id', 'installed_on'], rows: installs },
  ];
}
