import { openDatabase } from '../../agent/databases/open-database.ts';
import { DatabaseSettings } from '../../agent/databases/settings.ts';
import { shutClientsOut } from '../../agent/databases/shut-outs.ts';

/** Shuts clients out, says so, and stays until it is killed. */
const [stateFolder = '', settings = ''] = process.argv.slice(2);
const server = openDatabase(DatabaseSettings.parse(JSON.parse(settings)));
const order = { stateFolder, service: 'db', server, nowMs: Date.now() };
await shutClientsOut(order, new AbortController().signal);
process.stdout.write('out\n');
setInterval(() => undefined, 60_000);
