import type { DoctorArea } from '../../../protocol/domain/doctor.ts';
import { checkAlarms } from './checks/alarms.ts';
import { checkBackups } from './checks/backups.ts';
import { checkClock } from './checks/clock.ts';
import { checkConfiguration } from './checks/configuration.ts';
import { checkDestinations } from './checks/destinations.ts';
import { checkDoors } from './checks/doors.ts';
import { checkKedge } from './checks/kedge.ts';
import { checkKeys } from './checks/keys.ts';
import { checkPolkit } from './checks/polkit.ts';
import { checkRestorable } from './checks/restorable.ts';
import { checkSchedules } from './checks/schedules.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkServices } from './checks/services.ts';
import { checkSources } from './checks/sources.ts';
import { checkSpace } from './checks/space.ts';
import { checkState } from './checks/state.ts';
import { checkTools } from './checks/tools.ts';
import { checkVersions } from './checks/versions.ts';
import type { DoctorCheck } from './facts.ts';

/** Every check, one line each. */
export const doctorChecks: readonly (readonly [DoctorArea, DoctorCheck])[] = [
  ['kedge', checkKedge],
  ['configuration', checkConfiguration],
  ['configuration', checkSecrets],
  ['permissions', checkState],
  ['permissions', checkDoors],
  ['permissions', checkSources],
  ['permissions', checkRestorable],
  ['services', checkServices],
  ['services', checkPolkit],
  ['backups', checkBackups],
  ['schedules', checkSchedules],
  ['destinations', checkDestinations],
  ['space', checkSpace],
  ['keys', checkKeys],
  ['alarms', checkAlarms],
  ['clock', checkClock],
  ['tools', checkTools],
  ['versions', checkVersions],
];
