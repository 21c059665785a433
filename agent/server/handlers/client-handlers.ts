import { KedgeError } from '../../../protocol/failures.ts';
import { serviceClients, serviceLetIn, serviceShutOut } from '../../../protocol/methods/client.ts';
import { filesOfService } from '../../config/files-of-services.ts';
import { shutOutOf } from '../../databases/shut-outs.ts';
import { findServiceClients } from '../../services/service-clients.ts';
import { letInOrForget, shutOut } from '../lockouts.ts';
import { handle } from './handler.ts';
import { refuseWhileWriting } from './service-handlers.ts';

export const clientHandlers = [
  handle(serviceClients, async (daemon, { service }, signal) => {
    const config = daemon.config();
    const settings = config.services?.[service];
    if (settings === undefined) throw new KedgeError('service-not-found', { service });
    const files = filesOfService(service, config);
    const found = await findServiceClients(service, settings, files, signal);
    const record = shutOutOf(daemon.places.state, service);
    return { ...found, ...(record === undefined ? {} : { shutOutSinceMs: record.atMs }) };
  }),
  handle(serviceShutOut, async (daemon, { service }, signal) => {
    refuseWhileWriting(daemon, `shutting out the clients of ${service}`);
    return { changed: await shutOut(daemon, service, signal) };
  }),
  handle(serviceLetIn, async (daemon, { service }) => ({
    changed: await letInOrForget(daemon, service),
  })),
];
