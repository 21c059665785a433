import type { ClinicDatabase } from './clinic-database.ts';
import type { Routes } from './http-service.ts';
import { jsonBody, textIn } from './json-body.ts';

/** What the database server answers. */
export function databaseRoutes(database: ClinicDatabase): Routes {
  return {
    'GET /health': () => {
      database.query('ping', {});
      return { status: 200, json: { ok: true } };
    },
    'POST /query': async (call) => {
      const body = await jsonBody(call);
      const params = typeof body['params'] === 'object' ? (body['params'] ?? {}) : {};
      return { status: 200, json: database.query(textIn(body, 'statement'), params) };
    },
  };
}
