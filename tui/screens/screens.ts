import { backUpScreen } from './back-up/back-up-screen.ts';
import type { Screen } from './bench.ts';
import { destinationsScreen } from './destinations/destinations-screen.ts';
import { jobsScreen } from './jobs/jobs-screen.ts';
import { overviewScreen } from './overview/overview-screen.ts';
import { restoreScreen } from './restore/restore-screen.ts';
import { schedulesScreen } from './schedules/schedules-screen.ts';
import { servicesScreen } from './services/services-screen.ts';
import { settingsScreen } from './settings/settings-screen.ts';

/** The screens in the order of their keys, 1 to 8. */
export const screens: readonly Screen[] = [
  overviewScreen,
  backUpScreen,
  restoreScreen,
  schedulesScreen,
  servicesScreen,
  jobsScreen,
  destinationsScreen,
  settingsScreen,
];
