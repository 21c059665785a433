import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PostgresPlace } from './postgres-database.ts';

export const serviceNames = ['database', 'host', 'agent'] as const;
export type ServiceName = (typeof serviceNames)[number];
export type Ports = Readonly<Record<ServiceName, number>>;

/** What the three processes of the clinic read at their start. Paths absolute. */
export interface ClinicSettings {
  readonly clinicName: string;
  /** The file; of a clinic whose database is in a server it is not there. */
  readonly database: string;
  /** That server. */
  readonly postgres?: PostgresPlace;
  readonly uploads: string;
  /** Process ids and half-written uploads: on the file system of the uploads, outside of what is backed up. */
  readonly run: string;
  readonly ports: Ports;
}

/** Reads `clinic.json`, whose paths are relative to itself, and the name in `clinic.ini` beside it. */
export function readClinicSettings(path: string): ClinicSettings {
  const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const at = (...keys: readonly string[]): string => resolve(dirname(path), textAt(json, keys));
  return {
    clinicName: clinicName(join(dirname(path), 'clinic.ini')),
    database: at('folders', 'database'),
    uploads: at('folders', 'uploads'),
    run: at('folders', 'run'),
    ports: portsOf(json),
    ...postgresOf(json),
  };
}

function postgresOf(json: unknown): Pick<ClinicSettings, 'postgres'> {
  if (valueAt(json, ['postgres']) === undefined) return {};
  const text = (key: keyof PostgresPlace): string => textAt(json, ['postgres', key]);
  return { postgres: { host: text('host'), user: text('user'), database: text('database') } };
}

/** The ports in a decoded `clinic.json`. */
export function portsOf(json: unknown): Ports {
  const port = (name: ServiceName): number => portAt(json, ['ports', name]);
  return { database: port('database'), host: port('host'), agent: port('agent') };
}

function clinicName(path: string): string {
  return /^name\s*=\s*(.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]?.trim() ?? 'Clinic';
}

function textAt(json: unknown, keys: readonly string[]): string {
  const value = valueAt(json, keys);
  if (typeof value !== 'string') throw new Error(`clinic.json: "${keys.join('.')}" must be a text`);
  return value;
}

function portAt(json: unknown, keys: readonly string[]): number {
  const value = valueAt(json, keys);
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536)
    return value;
  throw new Error(`clinic.json: "${keys.join('.')}" must be a port`);
}

function valueAt(json: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    json,
  );
}
