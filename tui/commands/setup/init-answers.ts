import { basename } from 'node:path';
import type * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { type Detected, setupDetect, type setupWrite } from '../../../protocol/methods/setup.ts';
import { defaultBackupFolder } from '../../host/default-backup-folder.ts';
import { initTexts } from '../../texts/english/init-texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { absolutePath, flagOf, listOf, textOf } from '../read-arguments.ts';

type Answers = Omit<z.input<typeof setupWrite.params>, 'requestId'>;
type Sources = Pick<Answers, 'databases' | 'folders' | 'settings'>;

/** Everything setup.write needs: from the options, from what was found, and asked for where a person can answer. */
export async function initAnswers(context: CommandContext, args: Arguments): Promise<Answers> {
  const ask = flagOf(args, 'yes') ? async (): Promise<undefined> => undefined : context.ask;
  const folder = await askedFolder(args, ask);
  const sources = await chosenSources(context, args, folder, ask);
  const name = textOf(args, 'name') ?? (await asked(ask, initTexts.ask.name, basename(folder)));
  const id = idFrom(name);
  const preset = defaultBackupFolder(id);
  const to = textOf(args, 'to') ?? (await asked(ask, initTexts.ask.to, preset));
  return {
    ...sources,
    id,
    name,
    destination: absolutePath(to),
    nightly: flagOf(args, 'nightly') || saysYes(await ask(initTexts.ask.nightly), false),
    zone: textOf(args, 'zone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** "City Clinic" becomes "city-clinic": it is part of file names. */
export function idFrom(name: string): string {
  const id = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return id === '' ? 'application' : id;
}

type Ask = CommandContext['ask'];

async function askedFolder(args: Arguments, ask: Ask): Promise<string> {
  const folder = textOf(args, 'folder') ?? (await ask(initTexts.ask.folder))?.trim();
  if (folder !== undefined && folder !== '') return absolutePath(folder);
  throw new KedgeError('bad-argument', { what: 'folder', problem: initTexts.missing('folder') });
}

async function chosenSources(
  context: CommandContext,
  args: Arguments,
  folder: string,
  ask: Ask,
): Promise<Sources> {
  const named: Sources = {
    databases: listOf(args, 'database').map(absolutePath),
    folders: listOf(args, 'uploads').map(absolutePath),
    settings: listOf(args, 'settings').map(absolutePath),
  };
  if (!isEmpty(named)) return named;
  const detected = await context.call(setupDetect, { folder }, context.signal);
  context.show(serverLines(detected));
  const chosen = await confirmed(context, folder, detected, ask);
  if (!isEmpty(chosen)) return chosen;
  throw new KedgeError('bad-argument', { what: 'folder', problem: initTexts.nothing(folder) });
}

/** No question: who answers it is another person, or the same one as another user. */
function serverLines({ servers = [] }: Detected): readonly string[] {
  return servers.flatMap(({ product, socket, sql, source, whole, service }) => [
    initTexts.server(product, socket),
    ...sql.map((line) => `  ${line}`),
    initTexts.serverSource,
    `  ${source}`,
    ...(whole === undefined
      ? []
      : [initTexts.wholeServer, ...whole.sql.map((line) => `  ${line}`), `  ${whole.source}`]),
    ...(service === undefined ? [] : [initTexts.serverService, `  ${service}`]),
  ]);
}

async function confirmed(
  context: CommandContext,
  folder: string,
  detected: Detected,
  ask: Ask,
): Promise<Sources> {
  const { databases, folders, settings } = detected;
  if (databases.length + folders.length + settings.length > 0)
    context.show([initTexts.found(folder)]);
  const kept = async (path: string, words: string): Promise<readonly string[]> => {
    context.show([`  ${words}`]);
    return saysYes(await ask(initTexts.ask.keep(path)), true) ? [path] : [];
  };
  const sources: Record<keyof Sources, string[]> = { databases: [], folders: [], settings: [] };
  for (const one of detected.databases) {
    const words = initTexts.database(one.path, one.bytes, one.tables);
    sources.databases.push(...(await kept(one.path, words)));
  }
  for (const one of detected.folders) {
    const words = initTexts.uploads(one.path, one.bytes, one.files);
    sources.folders.push(...(await kept(one.path, words)));
  }
  for (const path of detected.settings)
    sources.settings.push(...(await kept(path, initTexts.settings(path))));
  return sources;
}

async function asked(
  ask: Ask,
  question: (preset: string) => string,
  preset: string,
): Promise<string> {
  const answer = (await ask(question(preset)))?.trim() ?? '';
  return answer === '' ? preset : answer;
}

/** An empty answer means yes; `silent`: what it means when nobody was asked. */
function saysYes(answer: string | undefined, silent: boolean): boolean {
  return answer === undefined ? silent : /^(y(es)?)?$/i.test(answer.trim());
}

function isEmpty(sources: Sources): boolean {
  return sources.databases.length + sources.folders.length + sources.settings.length === 0;
}
