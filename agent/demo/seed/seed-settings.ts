import { join } from 'node:path';
import { makeFolder, writeFileAtomic } from '../../os/files.ts';
import type { Ports } from '../app/clinic-settings.ts';
import type { PostgresPlace } from '../app/postgres-database.ts';

/** Writes clinic.ini, for people, and clinic.json, which the processes read at their start. */
export async function seedSettings(
  folder: string,
  ports: Ports,
  postgres?: PostgresPlace,
): Promise<void> {
  await makeFolder(folder);
  await writeFileAtomic(join(folder, 'clinic.ini'), ini);
  await writeFileAtomic(join(folder, 'clinic.json'), clinicJson(ports, postgres));
}

const clinicJson = (ports: Ports, postgres?: PostgresPlace): string =>
  `${JSON.stringify(
    {
      ports,
      ...(postgres === undefined ? {} : { postgres }),
      folders: { database: '../database/clinic.sqlite', uploads: '../uploads', run: '../run' },
      invoices: { currency: 'EUR', dueDays: 30, prefix: 'R-' },
      reminders: { byMail: true, hoursBefore: 24 },
    },
    undefined,
    2,
  )}\n`;

const ini = `; Settings of the clinic. The Host reads them when it starts.
[clinic]
name = Harbour Clinic
street = Königsplatz 4
phone = +49 40 555 0100
language = en

[hours]
monday = 08:00-18:00
tuesday = 08:00-18:00
wednesday = 08:00-13:00
thursday = 08:00-20:00
friday = 08:00-15:00

[printer]
prescriptions = office-2
labels = reception
`;
