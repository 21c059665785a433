import type { ServiceSettings } from './settings.ts';
import { unitPlaces } from './systemd/unit-places.ts';

/** What must be on a machine for a service to be started there, whatever manages it. */
export interface ServiceNeeds {
  /** Its command line or the name of its unit, for the eye. */
  readonly startedBy: string;
  /** argv each. */
  readonly commands: readonly (readonly string[])[];
  /** Where its commands run. */
  readonly folder?: string | undefined;
  /** One of these paths must be there. */
  readonly unitPlaces?: readonly string[];
}

/** One line for each manager, as in managers.ts. */
export function needsOf(settings: ServiceSettings): ServiceNeeds {
  switch (settings.manager) {
    case 'process':
      return needsOfCommands([settings.command], settings.folder);
    case 'command':
      return needsOfCommands([settings.start, settings.stop, settings.status], settings.folder);
    case 'systemd':
      return { startedBy: settings.unit, commands: [], unitPlaces: unitPlaces(settings.unit) };
    default:
      return settings satisfies never;
  }
}

function needsOfCommands(
  commands: ServiceNeeds['commands'],
  folder: string | undefined,
): ServiceNeeds {
  return { startedBy: commands[0]?.join(' ') ?? '', commands, folder };
}
