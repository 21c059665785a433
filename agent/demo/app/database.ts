import { ClinicDatabase } from './clinic-database.ts';
import { readClinicSettings } from './clinic-settings.ts';
import { databaseRoutes } from './database-routes.ts';
import { serve } from './http-service.ts';

/** The clinic's database server: the only process that opens the file. Its argument is the path of clinic.json. */
function main(settingsPath: string): void {
  const settings = readClinicSettings(settingsPath);
  const database = new ClinicDatabase(settings.database);
  serve({
    name: 'database',
    port: settings.ports.database,
    run: settings.run,
    routes: databaseRoutes(database),
    close: () => database[Symbol.dispose](),
  });
}

main(process.argv[2] ?? 'clinic.json');
