import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { type GroupName, groupNames, isGroupName } from './groups.ts';

export interface Options {
  readonly groups: readonly GroupName[];
  readonly quick: boolean;
  readonly runs: number;
  /** Where the JSON goes. */
  readonly json: string | undefined;
  /** Folder on the file system to measure on. */
  readonly folder: string;
  /** Data set to use again, or to keep here. */
  readonly data: string | undefined;
}

export const usage = `npm run bench -- [GROUP...] [--quick] [--runs N] [--json FILE] [--folder FOLDER] [--data FOLDER]
groups: ${groupNames.join(', ')} (all)`;

/** Throws with a sentence where it can't understand. */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string' },
      json: { type: 'string' },
      folder: { type: 'string', default: tmpdir() },
      data: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => !isGroupName(name));
  if (unknown !== undefined) throw new Error(`there is no group "${unknown}"\n${usage}`);
  const runs = Number(values.runs ?? (values.quick ? 3 : 5));
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs ${values.runs}: not a number`);
  return {
    groups: positionals.length === 0 ? groupNames : positionals.filter(isGroupName),
    quick: values.quick,
    runs,
    json: values.json,
    folder: values.folder,
    data: values.data,
  };
}
