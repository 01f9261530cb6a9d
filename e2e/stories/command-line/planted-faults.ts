/** One planted fault: what is changed where, and what must be said of it. */
export interface PlantedFault {
  readonly file: string;
  /** The first place with this text … */
  readonly from: string;
  /** … becomes this; its first line is the line that must be named, unless `line` says which text stands there. */
  readonly to: string;
  readonly line?: string;
  readonly code: string;
}

const fault = (file: string, from: string, to: string, code: string, line?: string): PlantedFault => ({
  file,
  from,
  to,
  code,
  ...(line === undefined ? {} : { line }),
});

/** Files that the app does not have, with faults in them. */
export const plantedFiles: Readonly<Record<string, string>> = {
  'queries/totals.json': `{
  "id": "qry_totals",
  "kind": "sql",
  "name": "totals",
  "dataSource": "ds_nowhere",
  "settings": {
    "sql": "select {{ missing }}"
  },
  "mode": "read",
  "parameters": [],
  "run": "load"
}
`,
  'queries/wrong.json': `{
  "id": "qry_wrong",
  "kind": "sql",
  "name": "wrong",
  "dataSource": "ds_any",
  "settings": {},
  "mode": "reading",
  "parameters": [],
  "run": "load"
}
`,
  'flows/nightly.json': `{
  "id": "flw_nightly",
  "name": "nightly",
  "trigger": {
    "type": "core/no-such-trigger",
    "settings": {}
  },
  "steps": [
    {
      "id": "stp_one",
      "name": "one",
      "kind": "action",
      "type": "core/no-such-action",
      "settings": {}
    },
    {
      "id": "stp_two",
      "name": "two",
      "kind": "branch",
      "branches": [
        {
          "id": "brn_a",
          "condition": "{{ steps.nothing.output }}",
          "steps": []
        }
      ]
    },
    {
      "id": "stp_three",
      "name": "three",
      "kind": "subFlow",
      "flow": "flw_gone",
      "input": {}
    }
  ]
}
`,
  'screens/notes.txt.json': '{}\n',
};

/** The faults in the app generated over the music store and in {@link plantedFiles}: thirty. */
export const plantedFaults: readonly PlantedFault[] = [
  fault('app.json', '"home": "scr_', '"home": "scr_gone', 'reference.screen'),
  fault('access.json', '"memberRole": "basic"', '"memberRole": "nobodyKnows"', 'role.missing'),
  fault('theme.json', '{}', '{\n  "primary": "red"\n}', 'schema.pattern', '"primary": "red"'),
  fault('screens/track.json', '"table": "track"', '"table": "trakc"', 'reference.table'),
  fault('screens/album.json', '"column": "title"', '"column": "titel"', 'reference.column'),
  fault('screens/track.json', '"emptyText": "No track yet"', '"emptyText": "{{ 1 + }}"', 'expression.syntax'),
  fault(
    'screens/artist.json',
    '"emptyText": "No artist yet"',
    '"emptyText": "{{ nobody.name }}"',
    'expression.unknown-name',
  ),
  fault('screens/artist.json', '"pageSize": 25', '"pageSize": "many"', 'setting.invalid'),
  fault('screens/albumEdit.json', '"table": "artist"', '"table": "artists"', 'reference.table'),
  fault('screens/albumNew.json', '"labelColumn": "name"', '"labelColumn": "nick"', 'reference.column'),
  fault('screens/playlistEdit.json', '"type": "core/form"', '"type": "acme/form"', 'component.type-missing'),
  fault('screens/genre.json', '"type": "core/navigate"', '"type": "core/teleport"', 'event-action.type-missing'),
  fault('screens/genreEdit.json', '"screen": "scr_', '"screen": "scr_gone', 'reference.screen'),
  fault('screens/customer.json', '"title": "Customer"', '"titel": "Customer"', 'schema.unknown-key'),
  fault('screens/customerEdit.json', '"route": "/customer/:id/edit"', '"route": "customer"', 'schema.pattern'),
  fault('screens/customerNew.json', '"components": {', '"components": {,', 'file.not-json'),
  fault('screens/employee.json', '"name": "employee"', '"name": "staff"', 'file.name'),
  fault('screens/employeeEdit.json', '"id": "scr_', '"id": "no id ', 'id.invalid'),
  fault(
    'screens/genreNew.json',
    '"name": "form"',
    '"name": "pageTitle"',
    'name.taken',
    '"name": "pageTitle",\n      "settings": {\n        "columns"',
  ),
  fault('screens/invoice.json', '"root": "cmp_', '"root": "cmp_gone', 'tree.no-root'),
  fault('screens/invoiceLine.json', '"route": "/invoice-line"', '"route": "/invoice"', 'route.taken'),
  fault(
    'screens/mediaType.json',
    '"pageSize": 25',
    '"pageSize": 25,\n        "pageSize": 50',
    'json.repeated-key',
    '"pageSize": 50',
  ),
  fault('screens/mediaTypeNew.json', '"submitLabel":', '"sumbitLabel":', 'setting.unknown'),
  fault('screens/playlist.json', '"column": "name"', '"column": "nmae"', 'reference.column'),
  fault('queries/totals.json', '"dataSource": "ds_nowhere"', '"dataSource": "ds_nowhere"', 'reference.dataSource'),
  fault('queries/wrong.json', '"mode": "reading"', '"mode": "reading"', 'schema.const'),
  fault(
    'flows/nightly.json',
    '"type": "core/no-such-trigger"',
    '"type": "core/no-such-trigger"',
    'flow-trigger.type-missing',
  ),
  fault(
    'flows/nightly.json',
    '"type": "core/no-such-action"',
    '"type": "core/no-such-action"',
    'flow-action.type-missing',
  ),
  fault('flows/nightly.json', '"flow": "flw_gone"', '"flow": "flw_gone"', 'reference.flow'),
  fault('screens/notes.txt.json', '{}', '{}', 'file.unknown'),
];

/** Files that use what plugins bring: a flow, and queries of the data source. */
export const pluginFiles = (dataSource: string): Readonly<Record<string, string>> => ({
  'flows/watch.json': `{
  "id": "flw_watch",
  "name": "watch",
  "trigger": {
    "type": "certificate-watch/certificate",
    "settings": {
      "services": "www.example.com",
      "every": 60
    }
  },
  "steps": [
    {
      "id": "stp_look",
      "name": "look",
      "kind": "action",
      "type": "it-operations/dns-lookup",
      "settings": {
        "name": "{{ trigger.host }}",
        "type": "MX"
      }
    }
  ]
}
`,
  'queries/newest.json': `{
  "id": "qry_newest",
  "kind": "sql",
  "name": "newest",
  "dataSource": "${dataSource}",
  "settings": {
    "sql": "select 1"
  },
  "mode": "read",
  "parameters": [],
  "run": "manual"
}
`,
  'queries/older.json': `{
  "id": "qry_older",
  "kind": "sql",
  "name": "older",
  "dataSource": "${dataSource}",
  "settings": {
    "sql": "select 2"
  },
  "mode": "read",
  "parameters": [],
  "run": "manual"
}
`,
});

/** Settings of a component of a plugin that have nothing wrong with them, for the music store. */
export const pluginComponent = (dataSource: string): Readonly<Record<string, unknown>> => ({
  type: 'gantt/chart',
  name: 'plan',
  settings: {
    data: { kind: 'table', dataSource, table: 'employee' },
    titleColumn: 'last_name',
    startColumn: 'hire_date',
    scale: 'month',
    height: 300,
  },
});

/** Faults in what plugins bring, in {@link pluginFiles} and {@link pluginComponent} on the screen of genres. */
export const pluginFaults: readonly PlantedFault[] = [
  fault('screens/genre.json', '"scale": "month"', '"scale": "decade"', 'setting.invalid'),
  fault('screens/genre.json', '"height": 300', '"hieght": 300', 'setting.unknown'),
  fault('screens/genre.json', '"startColumn": "hire_date"', '"startColumn": "hired"', 'reference.column'),
  fault('flows/watch.json', '"every": 60', '"every": 0', 'setting.invalid'),
  fault('flows/watch.json', '"type": "MX"', '"type": "XM"', 'setting.invalid'),
  fault('flows/watch.json', '{{ trigger.host }}', '{{ steps.find.output }}', 'expression.unknown-member'),
  fault('queries/newest.json', '"kind": "sql"', '"kind": "graphql"', 'query.kind-missing'),
  fault('queries/older.json', '"sql": "select 2"', '"slq": "select 2"', 'setting.unknown'),
];

/** Flows with nothing wrong in them, of which {@link valueFaults} make something that no row has. */
export const rowFiles = (dataSource: string): Readonly<Record<string, string>> => ({
  'flows/greet.json': `{
  "id": "flw_greet",
  "name": "greet",
  "trigger": {
    "type": "core/row-changed",
    "settings": {
      "data": { "dataSource": "${dataSource}", "table": "customer" },
      "watch": ["email"],
      "filter": { "column": "country", "operator": "equal", "value": "Norway" }
    }
  },
  "steps": [
    {
      "id": "stp_find",
      "name": "find",
      "kind": "action",
      "type": "core/list-rows",
      "settings": {
        "data": { "dataSource": "${dataSource}", "table": "invoice" },
        "filter": { "column": "customer_id", "operator": "equal", "value": "{{ trigger.row.customer_id }}" },
        "sort": [{ "column": "invoice_date", "direction": "descending" }]
      }
    },
    {
      "id": "stp_note",
      "name": "note",
      "kind": "action",
      "type": "core/log",
      "settings": { "message": "{{ steps.find.output.first?.total }} of {{ steps.find.output.count }}" }
    },
    {
      "id": "stp_each",
      "name": "each",
      "kind": "forEach",
      "rows": {
        "dataSource": "${dataSource}",
        "table": "invoice",
        "filter": { "column": "total", "operator": "greater", "value": 10 }
      },
      "as": "invoice",
      "steps": [
        {
          "id": "stp_write",
          "name": "write",
          "kind": "action",
          "type": "core/update-row",
          "settings": {
            "data": { "dataSource": "${dataSource}", "table": "invoice" },
            "key": "{{ invoice.invoice_id }}",
            "values": { "total": 12.5 }
          }
        }
      ]
    }
  ]
}
`,
  'flows/clock.json': `{
  "id": "flw_clock",
  "name": "clock",
  "trigger": {
    "type": "core/schedule",
    "settings": { "kind": "cron", "expression": "0 6 * * *", "timeZone": "Europe/Berlin" }
  },
  "steps": []
}
`,
});

/** Faults in {@link rowFiles} and in bindings of screens: names and values that only the tables and manifests know. */
export const valueFaults: readonly PlantedFault[] = [
  fault('flows/greet.json', '["email"]', '["e_mail"]', 'reference.column'),
  fault('flows/greet.json', '"column": "country"', '"column": "land"', 'reference.column'),
  fault('flows/greet.json', 'trigger.row.customer_id', 'trigger.row.customer', 'reference.column'),
  fault('flows/greet.json', '"invoice_date"', '"date"', 'reference.column'),
  fault('flows/greet.json', 'first?.total', 'frist?.total', 'expression.unknown-member'),
  fault('flows/greet.json', '"value": 10', '"value": "ten"', 'value.misfit'),
  fault('flows/greet.json', 'invoice.invoice_id', 'invoice.id', 'reference.column'),
  fault('flows/greet.json', '"total": 12.5', '"total": "much"', 'value.misfit'),
  fault('flows/clock.json', '0 6 * * *', '0 66 * * *', 'schedule.unreadable'),
  fault('screens/genre.json', '"rowClick": [', '"rowClik": [', 'component.event-missing'),
];
