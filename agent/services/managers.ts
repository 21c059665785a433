import { openCommandService } from './command/command-service.ts';
import type { ManagedService, ManagerContext } from './manager.ts';
import { openProcessService } from './process/process-service.ts';
import type { ServiceSettings } from './settings.ts';
import { openSystemdService } from './systemd/systemd-service.ts';

/** The registry of service managers: one line each. */
export function openManagedService(
  id: string,
  settings: ServiceSettings,
  context: ManagerContext,
): ManagedService {
  switch (settings.manager) {
    case 'process':
      return openProcessService(id, settings, context);
    case 'command':
      return openCommandService(id, settings, context);
    case 'systemd':
      return openSystemdService(id, settings, context);
    default:
      return settings satisfies never;
  }
}
