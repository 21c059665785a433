import { doctorRun } from '../../../protocol/methods/doctor.ts';
import { runDoctor } from '../../setup/doctor/run-doctor.ts';
import { doctorFacts } from '../doctor-facts.ts';
import { handle } from './handler.ts';

export const doctorHandlers = [
  handle(doctorRun, async (daemon, _, signal) => ({
    findings: await runDoctor(await doctorFacts(daemon), signal),
  })),
];
