import Database from 'better-sqlite3';
import { indexes, tables } from '../app/schema.ts';
import { medicalNote } from './medical-notes.ts';
import { Pace, type SeedOptions } from './pace.ts';
import { type Random, seededRandom } from './random.ts';
import * as words from './vocabulary.ts';

const seed = 20_261;
const dayMs = 86_400_000;
export const defaultEndMs = Date.UTC(2026, 10, 1);
const defaultPatients = 6_000;

type Insert = (row: Readonly<Record<string, string | number | null>>) => number;

interface Clinic {
  readonly random: Random;
  readonly endMs: number;
  readonly patients: Insert;
  readonly visits: Insert;
  readonly notes: Insert;
  readonly appointments: Insert;
  readonly invoices: Insert;
}

/** Writes the clinic's database to a path where nothing is yet; answers how many patients it has. */
export async function seedDatabase(path: string, options: SeedOptions): Promise<number> {
  const database = new Database(path);
  try {
    return await fill(database, options);
  } finally {
    database.close();
  }
}

async function fill(database: Database.Database, options: SeedOptions): Promise<number> {
  // A crash leaves a folder that is thrown away whole, so nothing has to be safe before the end.
  database.pragma('journal_mode = off');
  database.pragma('synchronous = off');
  database.exec(tables);
  database.exec('begin');
  const count = options.patients ?? defaultPatients;
  const clinic = openClinic(database, options.endMs ?? defaultEndMs);
  const pace = new Pace(options);
  for (let number = 1; number <= count; number += 1) {
    addPatient(clinic, number);
    await pace.step(number / count, `database: ${number} of ${count} patients`);
  }
  for (const index of indexes) {
    database.exec(index);
    await pace.step(1, 'database: indexes');
  }
  database.exec('commit');
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.pragma('wal_checkpoint(truncate)');
  return count;
}

function openClinic(database: Database.Database, endMs: number): Clinic {
  return {
    random: seededRandom(seed),
    endMs,
    patients: inserter(database, 'patients', [
      'number',
      'family_name',
      'given_name',
      'born',
      'sex',
      'phone',
      'email',
      'street',
      'postcode',
      'city',
      'insurer',
      'allergies',
      'registered_at',
    ]),
    visits: inserter(database, 'visits', [
      'patient_id',
      'visited_at',
      'doctor',
      'reason',
      'diagnosis',
    ]),
    notes: inserter(database, 'notes', ['visit_id', 'written_at', 'author', 'text']),
    appointments: inserter(database, 'appointments', [
      'patient_id',
      'starts_at',
      'minutes',
      'doctor',
      'room',
      'reason',
      'created_at',
      'created_by',
    ]),
    invoices: inserter(database, 'invoices', [
      'patient_id',
      'visit_id',
      'issued_at',
      'amount_cents',
      'state',
      'positions',
      'created_by',
    ]),
  };
}

function inserter(database: Database.Database, table: string, columns: readonly string[]): Insert {
  const values = columns.map((column) => `@${column}`).join(', ');
  const statement = database.prepare(
    `insert into ${table} (${columns.join(', ')}) values (${values})`,
  );
  return (row) => Number(statement.run(row).lastInsertRowid);
}

function addPatient(clinic: Clinic, number: number): void {
  const { random } = clinic;
  const registeredMs = clinic.endMs - random.between(30, 3_600) * dayMs;
  const patientId = clinic.patients(patientRow(random, number, registeredMs));
  const visits = random.between(4, 10);
  for (let index = 0; index < visits; index += 1) {
    const dayOf =
      registeredMs + ((index + random.between(1, 9) / 10) / visits) * (clinic.endMs - registeredMs);
    addVisit(
      clinic,
      patientId,
      Math.floor(dayOf / dayMs) * dayMs + random.between(96, 210) * 300_000,
    );
  }
  addNextAppointment(clinic, patientId);
}

function patientRow(random: Random, number: number, registeredMs: number) {
  const family = random.pick(words.familyNames);
  const given = random.pick(words.givenNames);
  return {
    number: `P-${String(number).padStart(6, '0')}`,
    family_name: family,
    given_name: given,
    born: day(Date.UTC(random.between(1934, 2024), random.between(0, 11), random.between(1, 28))),
    sex: random.pick(['f', 'm', 'x']),
    phone: `+49 ${random.between(30, 9_999)} ${random.between(100_000, 9_999_999)}`,
    email: random.between(0, 4) === 0 ? null : emailOf(given, family, number),
    street: `${random.pick(words.streets)} ${random.between(1, 180)}`,
    postcode: String(random.between(10_000, 99_999)),
    city: random.pick(words.cities),
    insurer: random.pick(words.insurers),
    allergies: random.pick(words.allergies),
    registered_at: instant(registeredMs),
  };
}

function emailOf(given: string, family: string, number: number): string {
  const plain = `${given}.${family}`
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return `${plain}${number}@example.org`;
}

function addVisit(clinic: Clinic, patientId: number, atMs: number): void {
  const { random } = clinic;
  const doctor = random.pick(words.doctors);
  const reason = random.pick(words.reasons);
  const visitId = clinic.visits({
    patient_id: patientId,
    visited_at: instant(atMs),
    doctor,
    reason,
    diagnosis: random.pick(words.diagnoses),
  });
  clinic.notes({
    visit_id: visitId,
    written_at: instant(atMs + random.between(5, 90) * 60_000),
    author: doctor,
    text: medicalNote(random),
  });
  clinic.appointments(appointmentRow(random, patientId, doctor, reason, atMs));
  clinic.invoices(invoiceRow(random, patientId, visitId, atMs));
}

function addNextAppointment(clinic: Clinic, patientId: number): void {
  const { random } = clinic;
  if (random.between(0, 2) === 0) return;
  const atMs = clinic.endMs + random.between(1, 90) * dayMs + random.between(96, 210) * 300_000;
  const doctor = random.pick(words.doctors);
  clinic.appointments(appointmentRow(random, patientId, doctor, random.pick(words.reasons), atMs));
}

function appointmentRow(
  random: Random,
  patientId: number,
  doctor: string,
  reason: string,
  atMs: number,
) {
  return {
    patient_id: patientId,
    starts_at: instant(atMs),
    minutes: random.between(1, 6) * 10,
    doctor,
    room: `Room ${random.between(1, 12)}`,
    reason,
    created_at: instant(atMs - random.between(1, 40) * dayMs),
    created_by: 'front desk',
  };
}

function invoiceRow(random: Random, patientId: number, visitId: number, atMs: number) {
  const lines = Array.from({ length: random.between(1, 3) }, () => random.pick(words.positions));
  return {
    patient_id: patientId,
    visit_id: visitId,
    issued_at: instant(atMs + random.between(1, 10) * dayMs),
    amount_cents: random.between(1_500, 48_000),
    state: random.pick(['paid', 'paid', 'paid', 'open', 'overdue']),
    positions: lines.join('; '),
    created_by: 'front desk',
  };
}

const instant = (atMs: number): string => new Date(atMs).toISOString();
const day = (atMs: number): string => instant(atMs).slice(0, 10);
