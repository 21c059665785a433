import { stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import type * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';
import type { setupWrite } from '../../protocol/methods/setup.ts';
import type { ConfigFile } from '../config/config-file.ts';
import { exists, makeFolder } from '../os/files.ts';
import { initStore } from '../stores/stores.ts';

type Answers = z.infer<typeof setupWrite.params>;

/** Writes the first configuration from the answers of `kedge init`, never over one that exists. */
export async function writeConfig(
  file: ConfigFile,
  answers: Answers,
): Promise<{ path: string; sameDisk: boolean }> {
  if (file.onDisk().text.trim() !== '') throw new KedgeError('already-exists', { path: file.path });
  if (answers.databases.length + answers.folders.length + answers.settings.length === 0) {
    throw new KedgeError('bad-argument', {
      what: 'sources',
      problem: 'nothing to protect was named',
    });
  }
  const text = configText(answers);
  const [problem] = file.validate(text);
  if (problem !== undefined) {
    throw new KedgeError('config-invalid', { path: file.path, problem: problem.message });
  }
  await refuseMissing(answers);
  await makeFolder(answers.destination);
  await initStore('local', { kind: 'local', path: answers.destination }, true);
  await file.save(text, '');
  return { path: file.path, sameDisk: await isSameDisk(answers) };
}

async function refuseMissing({ databases, folders, settings }: Answers): Promise<void> {
  for (const path of [...databases, ...folders, ...settings]) {
    if (!(await exists(path))) {
      throw new KedgeError('source-missing', { source: basename(path), path });
    }
  }
}

async function isSameDisk(answers: Answers): Promise<boolean> {
  const { dev } = await stat(answers.destination);
  const sources = [...answers.databases, ...answers.folders, ...answers.settings];
  const devices = await Promise.all(sources.map(async (path) => (await stat(path)).dev));
  return devices.includes(dev);
}

function configText(answers: Answers): string {
  const sources = [
    ...named(answers.databases, 'database').map(([id, path]) =>
      entry(id, { engine: 'sqlite', path }),
    ),
    ...named(answers.folders, 'files').map(([id, path]) => entry(id, { engine: 'files', path })),
    ...(answers.settings.length === 0
      ? []
      : [entry('settings', { engine: 'settings', paths: answers.settings })]),
  ];
  const nightly = {
    full: { every: 'day', at: '02:00' },
    store: 'local',
    zone: answers.zone,
    deleteOlderThan: '30 days',
  };
  return `{
  // Written by "kedge init". Edit it by hand, with "kedge config edit" or on the Settings screen:
  // a valid change takes effect at once, an invalid one leaves this in force and is shown as a problem.
  "application": ${JSON.stringify({ id: answers.id, name: answers.name })},

  // What is protected. Engines: sqlite (a database file), files (a folder), settings (single files).
  "sources": {
${sources.join(',\n')}
  },

  // Where backups go. A folder on the same disk is lost together with the disk: add one elsewhere.
  "stores": {
${entry('local', { kind: 'local', path: answers.destination })}
  },

  // When. "full": {"every": "day" | "week" | "month", ...} or {"every": "cron", "cron": "0 2 * * *"}.
  "schedules": {${answers.nightly ? `\n${entry('nightly', nightly)}\n  ` : ''}}
}
`;
}

function entry(id: string, value: object): string {
  return `    ${JSON.stringify(id)}: ${JSON.stringify(value)}`;
}

/** A name for each path: its file or folder name, a number behind it where two are alike. */
function named(paths: readonly string[], fallback: string): [string, string][] {
  const taken = new Set(['settings']);
  return paths.map((path) => {
    const plain = idOf(basename(path, extname(path))) || idOf(basename(dirname(path))) || fallback;
    let id = plain;
    for (let number = 2; taken.has(id); number++) id = `${plain}-${number}`;
    taken.add(id);
    return [id, path];
  });
}

function idOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 30);
}
