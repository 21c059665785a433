import * as z from 'zod';
import { DoctorFinding } from '../domain/doctor.ts';
import { reading } from '../method.ts';

/** What Kedge sees from where it runs; changes nothing. The client adds what only it sees, such as its terminal. */
export const doctorRun = reading(
  'doctor.run',
  'admin',
  z.object({}),
  z.object({ findings: z.array(DoctorFinding).readonly() }),
);
