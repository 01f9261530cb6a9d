/** Stories that say nothing about several servers behind a proxy, by their paths in `e2e/stories`, and why. */
export const oneServerOnly: Readonly<Record<string, string>> = {
  'command-line/backup.test.ts':
    'works on the data of a server, on both kinds of database, and starts what it needs itself',
  'command-line/server.test.ts': 'works on a data folder, and starts the server by the command',
  'deployment/*.test.ts': 'runs one package as one process; what it looks at is the package',
  'durability/kill-*.test.ts':
    'starts and kills its processes itself: one on SQLite, where it matters several on PostgreSQL',
  'durability/one-server-dies.test.ts': 'starts several servers itself, wherever it runs',
  'flows/large-flow.test.ts':
    'measures how the browser draws: three more processes on the machine would be measured with it',
  'page-size.test.ts': 'looks at files of the build',
};
