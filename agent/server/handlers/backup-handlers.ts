import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import {
  backupBrowse,
  backupCreate,
  backupDelete,
  backupEstimate,
  backupExtract,
  backupList,
  backupShow,
  backupVerify,
} from '../../../protocol/methods/backup.ts';
import { backupRows } from '../../../protocol/methods/rows.ts';
import { refusePathAsName } from '../../backup/archive-name.ts';
import { storeFolders } from '../../backup/destination.ts';
import { estimateBackup } from '../../backup/estimate.ts';
import { keysOf } from '../../keys/keys-of.ts';
import { baseFor, checkDestination, firstStore } from '../backup-destination.ts';
import { browseBackup, browseBackupRows, rowsFolder } from '../browse.ts';
import type { Daemon } from '../daemon.ts';
import { demandForBackup, demandForDestination } from '../guest-paths.ts';
import { submitVerify } from '../job-ends.ts';
import { keyStatusOf } from '../key-check.ts';
import { lastFullFigures } from '../last-full-figures.ts';
import { ofRestores, readNow } from '../leases.ts';
import { refuseAway } from '../refuse-away.ts';
import { discardBackup } from '../retention/discard-backup.ts';
import { handle } from './handler.ts';
import { refusePinned } from './pin-handlers.ts';

export const backupHandlers = [
  handle(backupCreate, async (daemon, asked, _signal, asker) => {
    const { destination, name, kind = 'full', secrets } = asked;
    refusePathAsName(name);
    const config = daemon.config();
    const to = destination ?? firstStore(config);
    demandForDestination(asker, to);
    checkDestination(config, to);
    const where = to.kind === 'store' ? to.store : to.folder;
    const flag = kind === 'full' ? '' : ' --differential';
    if (kind === 'differential') await daemon.backups.refresh();
    const locked = secrets?.passphrase === undefined ? {} : ({ passphrase: true } as const);
    const lockFlag = secrets?.passphrase === undefined ? '' : ' --passphrase';
    const nameFlag = name === undefined ? '' : ` --name '${name}'`;
    const order = {
      kind: 'backup',
      title: `${kind} backup to ${where}`,
      command: `kedge backup create --to ${where}${flag}${lockFlag}${nameFlag}`,
      origin: 'manual',
      order: {
        kind: 'backup',
        backupId: randomUUID(),
        origin: 'manual',
        destination: to,
        ...(name === undefined ? {} : { name }),
        ...locked,
        ...(kind === 'full' ? {} : { differential: baseFor(daemon, to) }),
      },
    } as const;
    const job = daemon.jobs.submit(order, { secrets });
    return { job: job.id };
  }),
  handle(backupEstimate, async (daemon, { destination }, signal, asker) => {
    const config = daemon.config();
    const to = destination ?? firstStore(config);
    demandForDestination(asker, to);
    checkDestination(config, to);
    const { ratio, bytesPerSecond } = lastFullFigures(daemon);
    const estimate = await estimateBackup(config, to, ratio, bytesPerSecond, signal);
    const { enabled, problem } = await keyStatusOf(daemon);
    const refusal = problem === undefined ? [] : [`no backup can be taken: ${problem}`];
    return { ...estimate, encrypted: enabled, warnings: [...refusal, ...estimate.warnings] };
  }),
  handle(backupList, async (daemon, { offset, limit, filter }) => {
    await daemon.backups.lookAtPlaces();
    return daemon.backups.page(offset, limit, filter);
  }),
  handle(backupShow, async (daemon, { backup, secrets }) => ({
    backup: await daemon.backups.resolve(backup, secrets),
  })),
  handle(backupBrowse, async (daemon, { backup, path, offset, limit, secrets }) => {
    const found = await refuseAway(await daemon.backups.resolve(backup, secrets));
    return await browseBackup(
      found.path,
      storeFolders(daemon.configFile.inForce()),
      await keysOf(daemon.places.state, secrets),
      path,
      offset,
      limit,
    );
  }),
  handle(backupRows, async (daemon, { backup, secrets, ...asked }, signal) => {
    const found = await refuseAway(await daemon.backups.resolve(backup, secrets));
    const { state } = daemon.places;
    const order = {
      ...asked,
      archive: found.path,
      stores: storeFolders(daemon.configFile.inForce()),
      keys: await keysOf(state, secrets),
      folder: rowsFolder(state),
    };
    return await browseBackupRows(order, signal);
  }),
  handle(backupVerify, async (daemon, { backup, secrets }, _signal, asker) => {
    const path = backup.kind === 'path' ? backup.path : undefined;
    demandForBackup(asker, backup, daemon);
    const found = path === undefined ? await daemon.backups.resolve(backup) : undefined;
    if (found !== undefined)
      return { job: submitVerify(daemon, await refuseAway(found), 'manual', secrets).id };
    const known = daemon.backups.all().find((candidate) => candidate.path === path);
    if (known !== undefined) return { job: submitVerify(daemon, known, 'manual', secrets).id };
    const file = path ?? '';
    const asked = {
      kind: 'verify',
      title: `verify ${basename(file)}`,
      command: `kedge backup verify '${file}'`,
      origin: 'manual',
      order: { kind: 'verify', path: file },
    } as const;
    const job = daemon.jobs.submit(asked, { secrets });
    return { job: job.id };
  }),
  handle(backupExtract, async (daemon, { backup: reference, paths, folder, secrets }) => {
    const backup = await refuseAway(await daemon.backups.resolve(reference, secrets));
    const shown = reference.kind === 'path' ? `'${reference.path}'` : backup.id.slice(0, 8);
    const words = [shown, ...paths.map((path) => `'${path}'`)].join(' ');
    const asked = {
      kind: 'extract',
      title: `extract from ${basename(backup.path)}`,
      command: `kedge backup extract ${words} --to '${folder}'`,
      origin: 'manual',
      order: { kind: 'extract', path: backup.path, backup, paths, folder },
    } as const;
    const job = daemon.jobs.submit(asked, { secrets });
    return { job: job.id };
  }),
  handle(backupDelete, async (daemon, { backup: id, confirmation, everywhere = false }) => {
    const backup = await daemon.backups.resolve({ kind: 'id', id });
    const expected = basename(backup.path);
    if (confirmation !== expected) {
      throw new KedgeError('confirmation-wrong', { typed: confirmation, expected });
    }
    refusePinned(daemon, backup);
    const staying = everywhere ? [] : (backup.copies ?? []);
    if (!staying.some(({ presence }) => presence === 'present')) refuseNeeded(daemon, backup);
    if (ofRestores(daemon).includes(backup.id)) {
      const why = 'it is the safety backup of a restore, and goes with its undo (kedge undo list)';
      throw new KedgeError('unavailable', { what: 'deleting this backup', why });
    }
    if (readNow(daemon).has(backup.id)) {
      throw new KedgeError('busy', { what: 'deleting this backup', why: 'it is being read' });
    }
    if (everywhere) await discardCopies(daemon, backup);
    const trashed = await discardBackup(daemon, backup, 'deleted by hand');
    const stays = staying.map(({ path }) => path);
    return {
      deleted: backup.path,
      ...(stays.length === 0 ? {} : { stays }),
      ...(trashed === undefined ? {} : { trashed }),
    };
  }),
];

/** All places but its own, or none where one can't be reached now. */
async function discardCopies(daemon: Daemon, backup: Backup): Promise<void> {
  const { copies = [], ...record } = backup;
  const away = copies.find(({ presence }) => presence === 'offline');
  if (away !== undefined) {
    const why = `the copy at "${away.path}" can't be reached now`;
    throw new KedgeError('unavailable', { what: 'deleting this backup everywhere', why });
  }
  for (const { path, store } of copies) {
    await discardBackup(daemon, { ...record, path, store }, 'deleted by hand');
  }
}

/** Differentials that are there and would be worth nothing without this full. */
function refuseNeeded(daemon: Daemon, { id }: Backup): void {
  const needing = daemon.backups
    .all()
    .filter((other) => other.base === id && other.presence !== 'missing');
  const [first] = needing;
  if (first === undefined) return;
  const more = needing.length === 1 ? '' : ` and ${needing.length - 1} more`;
  const why = `the differential "${basename(first.path)}"${more} can't be restored without it`;
  throw new KedgeError('unavailable', { what: 'deleting this full', why });
}
