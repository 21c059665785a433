import { readClinicSettings } from './clinic-settings.ts';
import { hostRoutes } from './host-routes.ts';
import { serve } from './http-service.ts';

/** The clinic's application service. Its argument is the path of clinic.json. */
function main(settingsPath: string): void {
  const settings = readClinicSettings(settingsPath);
  serve({
    name: 'host',
    port: settings.ports.host,
    run: settings.run,
    routes: hostRoutes(settings),
    close: () => {},
  });
}

main(process.argv[2] ?? 'clinic.json');
