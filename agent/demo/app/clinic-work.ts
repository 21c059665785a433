import { randomBytes, randomInt } from 'node:crypto';
import { ask } from './http-client.ts';
import { HttpError } from './http-service.ts';

const hostTimeoutMs = 3_000;
/** In beats of half a second: an upload every five seconds, thinning out every ten minutes. */
const uploadEvery = 10;
const trimEvery = 1_200;
/** Names come around again, and rows beyond this go, so that a demo left running for days stays small. */
const uploadNames = 400;
const rowsKept = 20_000;

const doctors = ['Dr. Weiß', 'Dr. Okafor', 'Dr. Lindqvist', 'Dr. Rahimi', 'Dr. Núñez'];
const reasons = ['check-up', 'blood test', 'vaccination', 'follow-up', 'ultrasound', 'wound care'];
const positions = ['Consultation', 'Blood count', 'Ultrasound', 'ECG', 'Vaccination', 'Dressing'];

const pick = (list: readonly string[]): string => list[randomInt(list.length)] ?? '';

/** What the Agent does beat by beat: appointments and invoices for one patient after the other, and scans. */
export class ClinicWork {
  readonly #host: string;
  #beats = 0;
  #patients: number[] = [];
  #lastPatient = 0;
  #done = { appointments: 0, invoices: 0, uploads: 0 };

  constructor(host: string) {
    this.#host = host;
  }

  async beat(signal: AbortSignal): Promise<void> {
    const patientId = await this.#nextPatient(signal);
    try {
      await this.#workFor(patientId, signal);
    } catch (error) {
      // Deleted since they were listed, and others of the list perhaps with them.
      if (error instanceof HttpError && error.status === 409) this.#patients = [];
      throw error;
    }
  }

  async #workFor(patientId: number, signal: AbortSignal): Promise<void> {
    await this.#addAppointment(patientId, signal);
    await this.#addInvoice(patientId, signal);
    this.#beats += 1;
    if (this.#beats % uploadEvery === 1) await this.#upload(patientId, signal);
    if (this.#beats % trimEvery === 0) await this.#post('/admin/trim', { keep: rowsKept }, signal);
  }

  takeSummary(): string {
    const { appointments, invoices, uploads } = this.#done;
    this.#done = { appointments: 0, invoices: 0, uploads: 0 };
    return `${appointments} appointments, ${invoices} invoices, ${uploads} uploads`;
  }

  async #nextPatient(signal: AbortSignal): Promise<number> {
    if (this.#patients.length === 0) this.#patients = await this.#patientsAfter(signal);
    const next = this.#patients.shift();
    if (next === undefined) {
      this.#lastPatient = 0;
      throw new HttpError(404, 'the Host lists no patients');
    }
    this.#lastPatient = next;
    return next;
  }

  async #patientsAfter(signal: AbortSignal): Promise<number[]> {
    const list = async (after: number): Promise<number[]> =>
      idsOf(await this.#get(`/patients?after=${after}&limit=40`, signal));
    const next = await list(this.#lastPatient);
    return next.length > 0 ? next : await list(0);
  }

  async #addAppointment(patientId: number, signal: AbortSignal): Promise<void> {
    const row = {
      patientId,
      startsAt: new Date(Date.now() + randomInt(1, 60) * 86_400_000).toISOString(),
      minutes: randomInt(1, 5) * 10,
      doctor: pick(doctors),
      room: `Room ${randomInt(1, 12)}`,
      reason: pick(reasons),
      createdBy: 'agent',
    };
    await this.#post('/appointments', row, signal);
    this.#done.appointments += 1;
  }

  async #addInvoice(patientId: number, signal: AbortSignal): Promise<void> {
    const row = {
      patientId,
      amountCents: randomInt(1_500, 48_000),
      positions: `${pick(positions)}; ${pick(positions)}`,
      createdBy: 'agent',
    };
    await this.#post('/invoices', row, signal);
    this.#done.invoices += 1;
  }

  async #upload(patientId: number, signal: AbortSignal): Promise<void> {
    const number = 1 + (Math.floor(this.#beats / uploadEvery) % uploadNames);
    const name = encodeURIComponent(`Überweisung scan ${String(number).padStart(3, '0')}.jpg`);
    const url = `${this.#host}/uploads?name=${name}&patient=${patientId}`;
    const body = randomBytes(randomInt(4_096, 40_960));
    await ask({ url, method: 'POST', body, timeoutMs: hostTimeoutMs }, signal);
    this.#done.uploads += 1;
  }

  async #get(path: string, signal: AbortSignal): Promise<unknown> {
    return await ask({ url: `${this.#host}${path}`, timeoutMs: hostTimeoutMs }, signal);
  }

  async #post(path: string, json: object, signal: AbortSignal): Promise<void> {
    const url = `${this.#host}${path}`;
    const body = JSON.stringify(json);
    await ask({ url, method: 'POST', body, timeoutMs: hostTimeoutMs }, signal);
  }
}

function idsOf(answer: unknown): number[] {
  const rows: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'rows') : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) => Number(Reflect.get(Object(row), 'id')));
}
