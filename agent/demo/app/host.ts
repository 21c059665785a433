import { readClinicSettings } from './clinic-settings.ts';
import { databaseOverHttp } from './host-database.ts';
import { hostRoutes } from './host-routes.ts';
import { serve } from './http-service.ts';
import { databaseInPostgres } from './postgres-database.ts';

/** The clinic's application service. Its argument is the path of clinic.json. */
function main(settingsPath: string): void {
  const settings = readClinicSettings(settingsPath);
  const { postgres, ports, run } = settings;
  const database =
    postgres === undefined ? databaseOverHttp(ports.database) : databaseInPostgres(postgres);
  const routes = hostRoutes(settings, database);
  serve({ name: 'host', port: ports.host, run, routes, close: () => database.close() });
}

main(process.argv[2] ?? 'clinic.json');
