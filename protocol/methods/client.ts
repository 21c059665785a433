import * as z from 'zod';
import { ResetProblem } from '../domain/reset.ts';
import { ServiceClient } from '../domain/service-client.ts';
import { mutating, reading } from '../method.ts';
import { requestId } from './backup.ts';

/** Who is connected to a service; `problems`: why not all are seen. */
export const serviceClients = reading(
  'service.clients',
  'operator',
  z.object({ service: z.string() }),
  z.object({
    clients: z.array(ServiceClient).readonly(),
    problems: z.array(ResetProblem).readonly(),
    /** Since then Kedge keeps them out. */
    shutOutSinceMs: z.number().optional(),
  }),
);
/** Keeps the clients of a database server out of its database until they are let in; Kedge's restart does not. */
export const serviceShutOut = mutating(
  'service.shut-out',
  'admin',
  z.object({ requestId, service: z.string() }),
  /** False: they were out already, not by Kedge, and nothing was changed. */
  z.object({ changed: z.boolean() }),
);
/** Takes that back. */
export const serviceLetIn = mutating(
  'service.let-in',
  'admin',
  z.object({ requestId, service: z.string() }),
  /** False: Kedge did not keep them out. */
  z.object({ changed: z.boolean() }),
);
