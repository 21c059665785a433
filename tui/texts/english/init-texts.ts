import { formatBytes } from '../bytes.ts';
import { formatCount } from '../count.ts';

const counted = (count: number, what: string): string =>
  `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;

export const initTexts = {
  inDemo: 'This is the demo. To protect an application of your own, run in a shell:  kedge init',
  ask: {
    folder: 'Folder of the application to protect: ',
    keep: (what: string): string => `Protect ${what}? [Y/n] `,
    name: (preset: string): string => `What is it called? [${preset}] `,
    to: (preset: string): string => `Folder for the backups? [${preset}] `,
    nightly: 'A full backup every night at 02:00? [Y/n] ',
  },
  found: (folder: string): string => `Found in ${folder}:`,
  database: (path: string, bytes: number, tables: number): string =>
    `database ${path} (${formatBytes(bytes)}, ${counted(tables, 'table')})`,
  uploads: (path: string, bytes: number, files: number): string =>
    `folder ${path} (${formatBytes(bytes)}, ${counted(files, 'file')})`,
  settings: (path: string): string => `settings ${path}`,
  server: (product: string, socket: string): string =>
    `${product} listens at ${socket}. To protect a database in it, give Kedge a role there; as its superuser:`,
  serverSource: 'Then add under "sources" (kedge config edit):',
  wholeServer:
    'Or all of the server at once, with its accounts and settings, brought back while it is down. For that instead:',
  serverService: 'And under "services", so that it is watched, and asked who is connected:',
  nothing: (folder: string): string =>
    `nothing to protect was found in "${folder}": name files with --database, --uploads or --settings`,
  missing: (what: string): string => `missing; give --${what}, or answer on a terminal`,
  written: (path: string): string => `Written: ${path}`,
  sameDisk: 'The backups lie on the same disk as the data: a dead disk takes both.',
  firstBackup: 'Taking the first full backup.',
} as const;
