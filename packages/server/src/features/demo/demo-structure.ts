/** Tables of the demo: an IT department's people, equipment, tickets and changes. */
export const demoStructure: readonly string[] = [
  `create table departments (
    id integer primary key, name varchar(80) not null unique, cost_centre varchar(20) not null
  )`,
  `create table locations (
    id integer primary key, name varchar(80) not null unique, city varchar(80) not null, country varchar(80) not null, time_zone varchar(60) not null
  )`,
  `create table people (
    id integer primary key, full_name varchar(120) not null, email varchar(160) not null unique,
    job_title varchar(120) not null, department_id integer not null references departments (id),
    location_id integer not null references locations (id), manager_id integer references people (id),
    phone varchar(40), start_date date not null, is_active boolean not null default 1
  )`,
  `create table vendors (
    id integer primary key, name varchar(120) not null unique, website varchar(200), contact_email varchar(160),
    account_number varchar(40)
  )`,
  `create table assets (
    id integer primary key, tag varchar(20) not null unique, name varchar(120) not null,
    category varchar(20) not null check (category in ('Laptop', 'Monitor', 'Phone', 'Server', 'Network', 'Printer', 'Licence')),
    serial_number varchar(40) not null unique, vendor_id integer not null references vendors (id),
    location_id integer not null references locations (id), assigned_to integer references people (id),
    status varchar(20) not null default 'In stock' check (status in ('In use', 'In stock', 'In repair', 'Retired', 'Lost')),
    purchase_date date not null, purchase_price decimal(10,2) not null, warranty_until date, notes text
  )`,
  `create table tickets (
    id integer primary key, subject varchar(200) not null, description text,
    category varchar(20) not null check (category in ('Hardware', 'Software', 'Access', 'Network', 'Onboarding', 'Security')),
    priority varchar(10) not null default 'Normal' check (priority in ('Low', 'Normal', 'High', 'Urgent')),
    status varchar(12) not null default 'Open' check (status in ('Open', 'In progress', 'Waiting', 'Resolved', 'Closed')),
    requester_id integer not null references people (id), assignee_id integer references people (id),
    asset_id integer references assets (id), created_at timestamp not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    due_at timestamp not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+3 days')), resolved_at timestamp,
    satisfaction integer check (satisfaction between 1 and 5)
  )`,
  `create table ticket_comments (
    id integer primary key, ticket_id integer not null references tickets (id) on delete cascade,
    author_id integer not null references people (id), body text not null, is_internal boolean not null default 0,
    created_at timestamp not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
  )`,
  `create table changes (
    id integer primary key, title varchar(200) not null, description text,
    risk varchar(10) not null check (risk in ('Low', 'Medium', 'High')),
    status varchar(12) not null default 'Draft'
      check (status in ('Draft', 'In review', 'Approved', 'Rejected', 'Done', 'Rolled back')),
    requested_by integer not null references people (id), approved_by integer references people (id),
    window_start timestamp not null, window_end timestamp not null, created_at timestamp not null
  )`,
  `create table change_assets (
    change_id integer not null references changes (id) on delete cascade,
    asset_id integer not null references assets (id) on delete cascade, primary key (change_id, asset_id)
  )`,
  `create table software (
    id integer primary key, name varchar(120) not null unique, vendor_id integer not null references vendors (id),
    licence_model varchar(20) not null, seats integer not null, annual_cost decimal(10,2) not null, renewal_date date not null
  )`,
  `create table software_installs (
    software_id integer not null references software (id), asset_id integer not null references assets (id) on delete cascade,
    installed_on date not null, primary key (software_id, asset_id)
  )`,
];

/** Indexes behind lists, filters and relations. Made after the rows: that is quicker. */
export const demoIndexes: readonly string[] = (
  [
    ['people', 'department_id'],
    ['people', 'location_id'],
    ['people', 'manager_id'],
    ['assets', 'assigned_to'],
    ['assets', 'location_id'],
    ['assets', 'vendor_id'],
    ['assets', 'status'],
    ['tickets', 'requester_id'],
    ['tickets', 'assignee_id'],
    ['tickets', 'asset_id'],
    ['tickets', 'created_at'],
    ['tickets', 'status'],
    ['ticket_comments', 'ticket_id'],
    ['ticket_comments', 'author_id'],
    ['changes', 'requested_by'],
    ['changes', 'approved_by'],
    ['change_assets', 'asset_id'],
    ['software_installs', 'asset_id'],
    ['software', 'vendor_id'],
  ] as const
).map(([table, column]) => `create index ${table}_${column} on ${table} (${column})`);
