import * as z from 'zod';
import { RestorePlan } from '../../protocol/domain/restore.ts';
import type { Machine } from '../os/machine.ts';
import { type AlarmRecords, openAlarmRecords } from './alarm-records.ts';
import { type AuditRecords, openAuditRecords } from './audit-records.ts';
import { type ByteSamples, openByteSamples } from './byte-samples.ts';
import { type DeliveryRecords, openDeliveryRecords } from './delivery-records.ts';
import { type Drills, openDrills } from './drills.ts';
import { type FirstSeen, openFirstSeen } from './first-seen.ts';
import { openInstallationId } from './installation.ts';
import { type JobRecords, openJobRecords } from './job-records.ts';
import { type JobTallies, openJobTallies } from './job-tallies.ts';
import { type LockedBackups, openLockedBackups } from './locked-backups.ts';
import { type MachineRecord, openMachineRecord } from './machine-record.ts';
import { openPins, type Pins } from './pins.ts';
import { openProofs, type Proofs } from './proofs.ts';
import { prune } from './prune.ts';
import { openRequestRecords, type RequestRecords } from './request-records.ts';
import { openRuns, type Runs } from './runs.ts';
import { openSeenStores, type SeenStores } from './seen-stores.ts';
import { openServiceHistory, type ServiceHistory } from './service-history.ts';
import { openSpaceSamples, type SpaceSamples } from './space-samples.ts';
import { openStateDatabase } from './state-database.ts';
import { openThroughputStore, type ThroughputStore } from './throughput-records.ts';
import { openTrashRecords, type TrashRecords } from './trash-records.ts';

/** state.sqlite: what must survive and no archive can give back. Only the daemon opens it. */
export interface State extends Disposable {
  readonly installation: string;
  readonly machine: MachineRecord;
  readonly trash: TrashRecords;
  readonly jobs: JobRecords;
  readonly tallies: JobTallies;
  readonly throughputs: ThroughputStore;
  readonly bytes: ByteSamples;
  readonly requests: RequestRecords;
  readonly proofs: Proofs;
  readonly pins: Pins;
  readonly drills: Drills;
  readonly locked: LockedBackups;
  readonly space: SpaceSamples;
  readonly health: ServiceHistory;
  readonly runs: Runs;
  readonly seen: SeenStores;
  readonly alarms: AlarmRecords;
  readonly deliveries: DeliveryRecords;
  readonly firstSeen: FirstSeen;
  /** Slot of a schedule that was served last, ms UTC. */
  position(schedule: string): number | undefined;
  /** Archives outside all stores that stay listed. */
  places(): readonly string[];
  addPlace(path: string): void;
  removePlace(path: string): void;
  savePlan(plan: RestorePlan): void;
  plan(id: string): RestorePlan | undefined;
  readonly audit: AuditRecords;
  /** Removes what nobody asks for any more; answers the jobs that went, so that their logs can go too. */
  prune(nowMs: number): readonly number[];
}

/** `machine`: where it is used; absent: nobody asks. */
export function openState(path: string, machine?: Machine, nowMs = Date.now()): State {
  const database = openStateDatabase(path);
  const installation = openInstallationId(database);
  const position = database.prepare('select slot_ms from positions where schedule = ?').pluck();
  const places = database.prepare('select path from places order by path').pluck();
  const addPlace = database.prepare('insert or ignore into places (path) values (?)');
  const removePlace = database.prepare('delete from places where path = ?');
  const savePlan = database.prepare('insert into plans (id, created_ms, plan) values (?, ?, ?)');
  const plan = database.prepare('select plan from plans where id = ?').pluck();
  const tallies = openJobTallies(database);
  return {
    get installation() {
      return installation();
    },
    machine: openMachineRecord(database, machine, nowMs),
    trash: openTrashRecords(database),
    jobs: openJobRecords(database, tallies),
    tallies,
    throughputs: openThroughputStore(database),
    bytes: openByteSamples(database),
    requests: openRequestRecords(database),
    proofs: openProofs(database),
    pins: openPins(database),
    drills: openDrills(database),
    locked: openLockedBackups(database),
    space: openSpaceSamples(database),
    health: openServiceHistory(database),
    runs: openRuns(database),
    seen: openSeenStores(database),
    alarms: openAlarmRecords(database),
    deliveries: openDeliveryRecords(database),
    firstSeen: openFirstSeen(database),
    position: (schedule) => z.number().optional().parse(position.get(schedule)),
    places: () => places.all().map(String),
    addPlace: (path) => void addPlace.run(path),
    removePlace: (path) => void removePlace.run(path),
    savePlan: (made) => void savePlan.run(made.id, made.createdAtMs, JSON.stringify(made)),
    plan(id) {
      const found = plan.get(id);
      return found === undefined ? undefined : RestorePlan.parse(JSON.parse(String(found)));
    },
    audit: openAuditRecords(database),
    prune: (nowMs) => prune(database, nowMs),
    [Symbol.dispose]: () => database.close(),
  };
}
