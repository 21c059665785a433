import type { ClinicSettings } from './clinic-settings.ts';
import type { HostDatabase } from './host-database.ts';
import { statusPage } from './host-page.ts';
import { type Call, HttpError, type Reply, type Routes } from './http-service.ts';
import { integerIn, jsonBody, textIn } from './json-body.ts';
import { log } from './log.ts';
import { storeUpload } from './uploads.ts';

/** What of the clinic the Host needs to know. */
export type HostSettings = Pick<ClinicSettings, 'clinicName' | 'uploads' | 'run'>;
type Query = HostDatabase['query'];

export function hostRoutes(settings: HostSettings, database: HostDatabase): Routes {
  const query: Query = async (...question) => await database.query(...question);
  return {
    'GET /health': async ({ signal }) => ok(await database.health(signal)),
    'GET /': async (call) => await status(settings, query, call),
    'GET /patients': async (call) => ok(await patients(query, call)),
    'GET /appointments': async ({ signal }) =>
      ok(await query('latestAppointments', { limit: 50 }, signal)),
    'POST /appointments': async (call) => created(await addAppointment(query, call)),
    'POST /invoices': async (call) => created(await addInvoice(query, call)),
    'POST /uploads': async (call) => created(await addUpload(settings, query, call)),
    'POST /admin/trim': async (call) => ok(await trim(query, call)),
    'POST /admin/hang': hang,
  };
}

const ok = (json: unknown): Reply => ({ status: 200, json });
const created = (json: unknown): Reply => ({ status: 201, json });

async function status(settings: HostSettings, query: Query, call: Call): Promise<Reply> {
  const counts = rowsOf(await query('counts', {}, call.signal))[0] ?? {};
  const appointments = rowsOf(await query('latestAppointments', { limit: 12 }, call.signal));
  if (call.headers.accept?.includes('text/html') !== true) {
    return ok({ clinic: settings.clinicName, counts, appointments });
  }
  return { status: 200, html: statusPage(settings.clinicName, counts, appointments) };
}

async function patients(query: Query, call: Call): Promise<unknown> {
  const limit = Math.min(200, Number(call.url.searchParams.get('limit')) || 50);
  const search = call.url.searchParams.get('search');
  if (search !== null) return await query('searchPatients', { search, limit }, call.signal);
  const after = Number(call.url.searchParams.get('after')) || 0;
  return await query('patientsAfter', { after, limit }, call.signal);
}

async function addAppointment(query: Query, call: Call): Promise<unknown> {
  const body = await jsonBody(call);
  const row = {
    patientId: integerIn(body, 'patientId'),
    startsAt: textIn(body, 'startsAt'),
    minutes: integerIn(body, 'minutes'),
    doctor: textIn(body, 'doctor'),
    room: textIn(body, 'room'),
    reason: textIn(body, 'reason'),
    createdAt: new Date().toISOString(),
    createdBy: textIn(body, 'createdBy'),
  };
  return await query('addAppointment', row, call.signal);
}

async function addInvoice(query: Query, call: Call): Promise<unknown> {
  const body = await jsonBody(call);
  const row = {
    patientId: integerIn(body, 'patientId'),
    issuedAt: new Date().toISOString(),
    amountCents: integerIn(body, 'amountCents'),
    positions: textIn(body, 'positions', 2_000),
    createdBy: textIn(body, 'createdBy'),
  };
  return await query('addInvoice', row, call.signal);
}

async function addUpload(settings: HostSettings, query: Query, call: Call): Promise<unknown> {
  const name = call.url.searchParams.get('name') ?? '';
  const patientId = Number(call.url.searchParams.get('patient'));
  const bytes = await call.body();
  const fileName = await storeUpload(settings, name, bytes);
  const row = { patientId, fileName, bytes: bytes.length, addedAt: new Date().toISOString() };
  await query('addDocument', row, call.signal);
  return { fileName, bytes: bytes.length };
}

async function trim(query: Query, call: Call): Promise<unknown> {
  const keep = integerIn(await jsonBody(call), 'keep');
  await query('trimAppointments', { keep }, call.signal);
  await query('trimInvoices', { keep }, call.signal);
  return {};
}

/** The accident "hang": the event loop stands still for good, so that neither /health nor SIGTERM is answered. */
function hang(call: Call): Reply {
  if (call.headers['x-clinic-admin'] !== 'hang') throw new HttpError(403, 'not without its header');
  const stand = (): void => {
    log('host hangs now, as asked');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
  return { status: 202, json: { hangs: true }, after: () => setImmediate(stand) };
}

function rowsOf(answer: unknown): readonly object[] {
  const rows = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'rows');
  return Array.isArray(rows) ? rows : [];
}
