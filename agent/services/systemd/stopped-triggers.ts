import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { errorCode } from '../../os/error-code.ts';
import { makeFolder, removeFile, writeFileAtomic } from '../../os/files.ts';
import { UnitName } from './unit-name.ts';

const Triggers = z.array(UnitName).readonly();

/**
 * Sockets and timers of a service that were stopped with it, in `<state>/services/<id>.triggers.json`: on disk
 * before they are stopped, so that no death leaves a socket closed that was open.
 */
export class StoppedTriggers {
  readonly #folder: string;
  readonly #path: string;

  constructor(stateFolder: string, id: string) {
    this.#folder = join(stateFolder, 'services');
    this.#path = join(this.#folder, `${id}.triggers.json`);
  }

  async read(): Promise<readonly string[]> {
    try {
      return Triggers.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async add(units: readonly string[]): Promise<void> {
    if (units.length === 0) return;
    const all = [...new Set([...(await this.read()), ...units])];
    await makeFolder(this.#folder);
    await writeFileAtomic(this.#path, JSON.stringify(all));
  }

  async clear(): Promise<void> {
    await removeFile(this.#path);
  }
}
