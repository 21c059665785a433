import { ClinicDatabase } from './clinic-database.ts';
import { readClinicSettings } from './clinic-settings.ts';
import { serve } from './http-service.ts';
import { jsonBody, textIn } from './json-body.ts';

/** The clinic's database server: the only process that opens the file. Its argument is the path of clinic.json. */
function main(settingsPath: string): void {
  const settings = readClinicSettings(settingsPath);
  const database = new ClinicDatabase(settings.database);
  serve({
    name: 'database',
    port: settings.ports.database,
    run: settings.run,
    routes: {
      'GET /health': () => {
        database.query('ping', {});
        return { status: 200, json: { ok: true } };
      },
      'POST /query': async (call) => {
        const body = await jsonBody(call);
        const params = typeof body['params'] === 'object' ? (body['params'] ?? {}) : {};
        return { status: 200, json: database.query(textIn(body, 'statement'), params) };
      },
    },
    close: () => database[Symbol.dispose](),
  });
}

main(process.argv[2] ?? 'clinic.json');
