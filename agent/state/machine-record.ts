import { randomUUID } from 'node:crypto';
import type { MovedInstallation } from '../../protocol/domain/retention.ts';
import type { Machine } from '../os/machine.ts';
import type { StateDatabase } from './state-database.ts';

/** On which machine this state was made, and whether that is this one. */
export interface MachineRecord {
  /** It is another one, and nobody has said yet what that means. */
  moved(): MovedInstallation | undefined;
  /** From now on it is this machine. */
  adopt(): void;
  /** The same, as an installation of its own: what it calls its backups so far is the other's. */
  separate(): void;
}

export function openMachineRecord(
  database: StateDatabase,
  machine: Machine | undefined,
  nowMs: number,
): MachineRecord {
  const get = database.prepare('select value from meta where key = ?').pluck();
  const put = database.prepare('insert or replace into meta (key, value) values (?, ?)');
  const readMeta = (key: string): string | undefined => {
    const value = get.get(key);
    return value === undefined ? undefined : String(value);
  };
  const adopt = database.transaction(({ id, host }: Machine) => {
    put.run('machine', id);
    put.run('machine-host', host);
    database.prepare("delete from meta where key = 'moved-since'").run();
  });
  const separate = database.transaction((own: Machine) => {
    put.run('installation', randomUUID());
    database.prepare('delete from trash').run();
    adopt(own);
  });
  const isOther = (): boolean => machine !== undefined && readMeta('machine') !== machine.id;
  if (machine !== undefined && readMeta('machine') === undefined) adopt(machine);
  if (isOther() && readMeta('moved-since') === undefined) put.run('moved-since', String(nowMs));
  return {
    moved: () =>
      isOther()
        ? {
            from: readMeta('machine-host') ?? '',
            sinceMs: Number(readMeta('moved-since') ?? nowMs),
          }
        : undefined,
    adopt: () => (machine === undefined ? undefined : adopt(machine)),
    separate: () => (machine === undefined ? undefined : separate(machine)),
  };
}
