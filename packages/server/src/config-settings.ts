import { logLevels } from './log.ts';
import {
  allowOrDeny,
  databaseUrl,
  integer,
  list,
  logLevel,
  metricsToken,
  offOrDaily,
  onOrOff,
  operatorActions,
  optionalOrRequired,
  ownerEmail,
  ownerPassword,
  publicUrl,
  publishers,
  role,
  secret,
  smtpUrl,
  text,
  webAddress,
} from './config-readers.ts';

/** One setting of the installation: an environment variable, what it means and how its text is read. */
export interface ConfigSetting<T> {
  readonly variable: string;
  readonly description: string;
  /** As shown in the documentation. */
  readonly defaultText: string;
  readonly example: string;
  /** Never shown in logs or errors. */
  readonly isSecret?: boolean;
  /** Reads the text; `undefined` when the variable is not set. Throws an input error that says what is expected. */
  readonly read: (text: string | undefined) => T;
}

/** Every setting there is, by its name in `Config`. The documentation is made from this table. */
export const configSettings = {
  dataFolder: {
    variable: 'FETTLE_DATA_DIR',
    description: 'Folder for the embedded database, attachments and generated keys. Back it up as a whole.',
    defaultText: './data',
    example: '/var/lib/fettle',
    read: text('./data'),
  },
  port: {
    variable: 'PORT',
    description: 'Port to listen on. 0 picks a free one.',
    defaultText: '4300',
    example: '8080',
    read: integer(4300, 0, 65_535),
  },
  host: {
    variable: 'HOST',
    description:
      'Address to listen on. `127.0.0.1` accepts connections from this machine only, `0.0.0.0` from everywhere (containers, servers).',
    defaultText: '127.0.0.1',
    example: '0.0.0.0',
    read: text('127.0.0.1'),
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    description: 'PostgreSQL database for the metadata. Without it: SQLite in the data folder.',
    defaultText: 'SQLite',
    example: 'postgres://fettle:password@db:5432/fettle',
    isSecret: true,
    read: databaseUrl,
  },
  maxDatabaseConnections: {
    variable: 'FETTLE_DATABASE_CONNECTIONS',
    description: 'Most connections to the metadata database (PostgreSQL only).',
    defaultText: '10',
    example: '20',
    read: integer(10, 2, 200),
  },
  publicUrl: {
    variable: 'FETTLE_PUBLIC_URL',
    description:
      'The address people open in the browser. With https, cookies are marked Secure and browsers are told to stay on https.',
    defaultText: 'taken from the request',
    example: 'https://apps.example.com',
    read: publicUrl,
  },
  trustedProxies: {
    variable: 'FETTLE_TRUSTED_PROXIES',
    description:
      'How many reverse proxies stand in front. The client address is then read from X-Forwarded-For, that many hops from the right.',
    defaultText: '0',
    example: '1',
    read: integer(0, 0, 10),
  },
  ownerEmail: {
    variable: 'FETTLE_OWNER_EMAIL',
    description:
      'Creates the owner at the first start instead of asking for the setup token. Needs FETTLE_OWNER_PASSWORD. Ignored once set up.',
    defaultText: 'ask in the browser',
    example: 'it@example.com',
    read: ownerEmail,
  },
  ownerPassword: {
    variable: 'FETTLE_OWNER_PASSWORD',
    description: 'First password of that owner, at least 10 characters.',
    defaultText: 'ask in the browser',
    example: 'a long sentence nobody guesses',
    isSecret: true,
    read: ownerPassword,
  },
  secret: {
    variable: 'FETTLE_SECRET',
    description:
      'Key that sessions are signed and stored credentials are encrypted with. Without it one is made at the first start and kept in `secrets.json` in the data folder. Several servers on one database need the same.',
    defaultText: 'generated',
    example: 'the output of: openssl rand -base64 48',
    isSecret: true,
    read: secret,
  },
  allowedHosts: {
    variable: 'FETTLE_ALLOWED_HOSTS',
    description:
      'Private addresses that data sources and triggers may reach: exactly `host:port`, or `network/prefix:port`, separated by commas. HTTP data sources reach no private address without an entry.',
    defaultText: 'none',
    example: 'api.internal:443,10.2.0.0/16:8080',
    read: list,
  },
  privateDatabases: {
    variable: 'FETTLE_PRIVATE_DATABASES',
    description:
      'Whether connections to databases, brokers and mailboxes may reach private networks and this machine: `allow` or `deny`. With `deny`, private ones need an entry in FETTLE_ALLOWED_HOSTS. Link-local and metadata addresses, and the database of Fettle itself, are never reached.',
    defaultText: 'allow',
    example: 'deny',
    read: allowOrDeny,
  },
  sqliteFolders: {
    variable: 'FETTLE_SQLITE_DIRS',
    description: 'Folders whose SQLite files may be used as data sources, separated by commas.',
    defaultText: '`sqlite` in the data folder',
    example: '/srv/databases',
    read: list,
  },
  pluginRegistry: {
    variable: 'FETTLE_PLUGIN_REGISTRY',
    description:
      'Package registry (npm protocol) that plugins can be installed from by name. A private one needs an entry in `FETTLE_ALLOWED_HOSTS`.',
    defaultText: 'none: not by name',
    example: 'https://registry.example.com',
    read: webAddress,
  },
  pluginPublishers: {
    variable: 'FETTLE_PLUGIN_PUBLISHERS',
    description:
      'Publishers of plugins that are trusted: `name=key` with the public Ed25519 key in base64, separated by commas.',
    defaultText: 'none',
    example: 'acme=GAnpbwRNp4Yc6vbLAFv1LPSxMQ5bWQ9nZUUQ1cMjN2Y=',
    read: publishers,
  },
  pluginSignatures: {
    variable: 'FETTLE_PLUGIN_SIGNATURES',
    description:
      'Which plugins can be installed: `optional`, all that an admin agrees to; `required`, only those that a trusted publisher signed.',
    defaultText: '`optional`',
    example: 'required',
    read: optionalOrRequired,
  },
  pluginUpdates: {
    variable: 'FETTLE_PLUGIN_UPDATES',
    description:
      'Whether the server asks once a day, where plugins came from (package registry or address), for newer versions: `daily` or `off`. It shows them in Settings → Plugins and never installs any. Nothing but the package name or address is sent.',
    defaultText: '`off`',
    example: 'daily',
    read: offOrDaily,
  },
  pluginFolders: {
    variable: 'FETTLE_PLUGIN_DIRS',
    description:
      'For the development of plugins: folders on this machine whose plugins can be installed as they are, separated by commas. Anyone who can write there runs code in the sandbox of plugins.',
    defaultText: 'none',
    example: '/home/me/plugins',
    read: list,
  },
  templatesFolder: {
    variable: 'FETTLE_TEMPLATES_DIR',
    description: 'Folder of the templates that new apps can be made from, one folder each. It is only read from.',
    defaultText: 'those that come with Fettle',
    example: '/srv/fettle/templates',
    read: (value: string | undefined) => value,
  },
  sessionIdleHours: {
    variable: 'FETTLE_SESSION_IDLE_HOURS',
    description: 'A session ends after this many hours without use.',
    defaultText: '168',
    example: '12',
    read: integer(168, 1, 8760),
  },
  sessionHours: {
    variable: 'FETTLE_SESSION_HOURS',
    description: 'A session ends after this many hours in any case.',
    defaultText: '720',
    example: '24',
    read: integer(720, 1, 8760),
  },
  maxSourceConnections: {
    variable: 'FETTLE_SOURCE_CONNECTIONS',
    description: 'Most connections to one data source in one environment.',
    defaultText: '16',
    example: '8',
    read: integer(16, 1, 200),
  },
  queryTimeoutMs: {
    variable: 'FETTLE_QUERY_TIMEOUT_MS',
    description: 'How long a call to a data source may take unless its query says otherwise, in milliseconds.',
    defaultText: '30000',
    example: '60000',
    read: integer(30_000, 100, 300_000),
  },
  role: {
    variable: 'FETTLE_ROLE',
    description:
      'What this process does: `all`, `server` (answers requests, plays no runs of flows) or `worker` (plays runs of flows; answers requests too, for health checks). Several processes need DATABASE_URL.',
    defaultText: 'all',
    example: 'worker',
    read: role,
  },
  smtpUrl: {
    variable: 'FETTLE_SMTP_URL',
    description:
      'The mail server that flows send by, and approvals are written about by, with user and password. `smtp:` uses TLS when the server offers it, and always when there is a password; `smtps:` from the start.',
    defaultText: 'none',
    example: 'smtp://user:password@mail.example.com:587',
    isSecret: true,
    read: smtpUrl,
  },
  mailFrom: {
    variable: 'FETTLE_MAIL_FROM',
    description: 'Who e-mail comes from. Needed with FETTLE_SMTP_URL.',
    defaultText: 'none',
    example: 'Fettle <fettle@example.com>',
    read: (value: string | undefined) => value,
  },
  operatorActions: {
    variable: 'FETTLE_OPERATOR_ACTIONS',
    description:
      'Steps of flows that are off unless named here, separated by commas: `ssh` (run commands on other machines), `backup` (copies of whole databases as files of the workspace). Everybody who may build apps can then use them; private addresses need an entry in FETTLE_ALLOWED_HOSTS all the same.',
    defaultText: 'none',
    example: 'ssh,backup',
    read: operatorActions,
  },
  firstScreens: {
    variable: 'FETTLE_FIRST_SCREENS',
    description:
      'Whether the first screen of a published app comes rendered with its rows: `on` or `off`. It is rendered in a process beside the server (about 100 MB) that is there only while apps are opened.',
    defaultText: 'on',
    example: 'off',
    read: onOrOff,
  },
  auditDays: {
    variable: 'FETTLE_AUDIT_DAYS',
    description: 'Entries of the audit log are removed after this many days. 0 keeps them for good.',
    defaultText: '400',
    example: '3650',
    read: integer(400, 0, 36_500),
  },
  notificationDays: {
    variable: 'FETTLE_NOTIFICATION_DAYS',
    description:
      'Notifications to people are removed after this many days; of each person the newest 500 of a workspace are kept at most. 0 keeps those for good.',
    defaultText: '90',
    example: '30',
    read: integer(90, 0, 36_500),
  },
  metricsToken: {
    variable: 'FETTLE_METRICS_TOKEN',
    description:
      'Turns on `/api/metrics`, numbers of flows in the OpenMetrics (Prometheus) text format, for whoever sends this as a bearer token. At least 16 characters. Each process shows its own counters.',
    defaultText: 'off',
    example: 'the output of: openssl rand -hex 24',
    isSecret: true,
    read: metricsToken,
  },
  runDays: {
    variable: 'FETTLE_RUN_DAYS',
    description:
      'Runs of flows of published apps are removed so many days after they ended, unless their flow says otherwise. 0 keeps them for good.',
    defaultText: '0',
    example: '365',
    read: integer(0, 0, 36_500),
  },
  trialRunDays: {
    variable: 'FETTLE_TRIAL_RUN_DAYS',
    description:
      'Test runs of flows, and the drafts that were kept for them, are removed so many days after they ended. 0 keeps them for good.',
    defaultText: '90',
    example: '30',
    read: integer(90, 0, 36_500),
  },
  historyDays: {
    variable: 'FETTLE_HISTORY_DAYS',
    description:
      'The commands that made a draft are removed after this many days, except for the last 2,000 of each app. Drafts and releases themselves stay. 0 keeps them for good.',
    defaultText: '90',
    example: '365',
    read: integer(90, 0, 36_500),
  },
  logLevel: {
    variable: 'FETTLE_LOG_LEVEL',
    description: `Least level that is logged: ${logLevels.join(', ')}. \`debug\` has a line per request.`,
    defaultText: 'info',
    example: 'debug',
    read: logLevel,
  },
} as const satisfies Record<string, ConfigSetting<unknown>>;
