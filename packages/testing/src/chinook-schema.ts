/** A column of the music store: name and portable SQL type. */
export type StoreColumn = readonly [name: string, type: string];

/** A table of the music store, in an order in which foreign keys can be made. */
export interface StoreTable {
  readonly name: string;
  /** The table's name in the SQLite file of Chinook. */
  readonly source: string;
  readonly columns: readonly StoreColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly (readonly [column: string, table: string])[];
}

const address: readonly StoreColumn[] = [
  ['address', 'VARCHAR(70)'],
  ['city', 'VARCHAR(40)'],
  ['state', 'VARCHAR(40)'],
  ['country', 'VARCHAR(40)'],
  ['postal_code', 'VARCHAR(10)'],
  ['phone', 'VARCHAR(24)'],
  ['fax', 'VARCHAR(24)'],
];

const named = (name: string, source: string): StoreTable => ({
  name,
  source,
  columns: [
    [`${name}_id`, 'INT NOT NULL'],
    ['name', 'VARCHAR(120)'],
  ],
  primaryKey: [`${name}_id`],
  foreignKeys: [],
});

/** The eleven tables of Chinook, named as in its PostgreSQL script, the same on every database. */
export const storeTables: readonly StoreTable[] = [
  named('artist', 'Artist'),
  named('genre', 'Genre'),
  named('media_type', 'MediaType'),
  named('playlist', 'Playlist'),
  {
    name: 'employee',
    source: 'Employee',
    columns: [
      ['employee_id', 'INT NOT NULL'],
      ['last_name', 'VARCHAR(20) NOT NULL'],
      ['first_name', 'VARCHAR(20) NOT NULL'],
      ['title', 'VARCHAR(30)'],
      ['reports_to', 'INT'],
      ['birth_date', 'TIMESTAMP NULL'],
      ['hire_date', 'TIMESTAMP NULL'],
      ...address,
      ['email', 'VARCHAR(60)'],
    ],
    primaryKey: ['employee_id'],
    foreignKeys: [['reports_to', 'employee']],
  },
  {
    name: 'album',
    source: 'Album',
    columns: [
      ['album_id', 'INT NOT NULL'],
      ['title', 'VARCHAR(160) NOT NULL'],
      ['artist_id', 'INT NOT NULL'],
    ],
    primaryKey: ['album_id'],
    foreignKeys: [['artist_id', 'artist']],
  },
  {
    name: 'customer',
    source: 'Customer',
    columns: [
      ['customer_id', 'INT NOT NULL'],
      ['first_name', 'VARCHAR(40) NOT NULL'],
      ['last_name', 'VARCHAR(20) NOT NULL'],
      ['company', 'VARCHAR(80)'],
      ...address,
      ['email', 'VARCHAR(60) NOT NULL'],
      ['support_rep_id', 'INT'],
    ],
    primaryKey: ['customer_id'],
    foreignKeys: [['support_rep_id', 'employee']],
  },
  {
    name: 'invoice',
    source: 'Invoice',
    columns: [
      ['invoice_id', 'INT NOT NULL'],
      ['customer_id', 'INT NOT NULL'],
      ['invoice_date', 'TIMESTAMP NOT NULL'],
      ['billing_address', 'VARCHAR(70)'],
      ['billing_city', 'VARCHAR(40)'],
      ['billing_state', 'VARCHAR(40)'],
      ['billing_country', 'VARCHAR(40)'],
      ['billing_postal_code', 'VARCHAR(10)'],
      ['total', 'NUMERIC(10,2) NOT NULL'],
    ],
    primaryKey: ['invoice_id'],
    foreignKeys: [['customer_id', 'customer']],
  },
  {
    name: 'track',
    source: 'Track',
    columns: [
      ['track_id', 'INT NOT NULL'],
      ['name', 'VARCHAR(200) NOT NULL'],
      ['album_id', 'INT'],
      ['media_type_id', 'INT NOT NULL'],
      ['genre_id', 'INT'],
      ['composer', 'VARCHAR(220)'],
      ['milliseconds', 'INT NOT NULL'],
      ['bytes', 'INT'],
      ['unit_price', 'NUMERIC(10,2) NOT NULL'],
    ],
    primaryKey: ['track_id'],
    foreignKeys: [
      ['album_id', 'album'],
      ['media_type_id', 'media_type'],
      ['genre_id', 'genre'],
    ],
  },
  {
    name: 'invoice_line',
    source: 'InvoiceLine',
    columns: [
      ['invoice_line_id', 'INT NOT NULL'],
      ['invoice_id', 'INT NOT NULL'],
      ['track_id', 'INT NOT NULL'],
      ['unit_price', 'NUMERIC(10,2) NOT NULL'],
      ['quantity', 'INT NOT NULL'],
    ],
    primaryKey: ['invoice_line_id'],
    foreignKeys: [
      ['invoice_id', 'invoice'],
      ['track_id', 'track'],
    ],
  },
  {
    name: 'playlist_track',
    source: 'PlaylistTrack',
    columns: [
      ['playlist_id', 'INT NOT NULL'],
      ['track_id', 'INT NOT NULL'],
    ],
    primaryKey: ['playlist_id', 'track_id'],
    foreignKeys: [
      ['playlist_id', 'playlist'],
      ['track_id', 'track'],
    ],
  },
];
