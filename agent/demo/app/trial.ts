import { freePort } from '../../os/free-port.ts';
import { ClinicDatabase } from './clinic-database.ts';
import { databaseRoutes } from './database-routes.ts';
import { databaseOverHttp } from './host-database.ts';
import { hostRoutes } from './host-routes.ts';
import { serve } from './http-service.ts';

/**
 * The clinic's Host with a database server of its own, for a drill. Arguments: database file, uploads folder, port.
 * What it writes beside them goes into the folder it was started in.
 */
async function main(database: string, uploads: string, port: number): Promise<void> {
  const run = process.cwd();
  const databasePort = await freePort();
  const opened = new ClinicDatabase(database);
  const close = (): void => opened[Symbol.dispose]();
  const routes = databaseRoutes(opened);
  serve({ name: 'database', port: databasePort, run, routes, close });
  const host = hostRoutes({ clinicName: 'Drill', uploads, run }, databaseOverHttp(databasePort));
  serve({ name: 'host', port, run, routes: host, close });
}

const [database = '', uploads = '', port = ''] = process.argv.slice(2);
await main(database, uploads, Number(port));
