import { hostname } from 'node:os';
import type { SupportFacts, SupportFile } from '../facts.ts';
import { hiddenMark } from '../hidden.ts';
import { jsonFile } from '../json-file.ts';

export function aboutFiles(facts: SupportFacts): readonly SupportFile[] {
  const { kedgeVersion, installation, nowMs, places } = facts;
  return [
    { name: 'README.txt', what: 'what this is', text: readme },
    jsonFile('versions.json', 'versions of Kedge and of what it runs on', {
      kedge: kedgeVersion,
      node: process.versions,
      platform: `${process.platform} ${process.arch}`,
      host: hostname(),
      installation,
      writtenAt: new Date(nowMs).toISOString(),
      upSeconds: Math.round(process.uptime()),
      memory: process.memoryUsage(),
      places,
    }),
  ];
}

const readme = `A support bundle of Kedge: for somebody who helps from afar.

In it are versions, the configuration, what "kedge doctor" finds, problems, alarms, the health of the
services, the list of the backups, jobs with their logs, and facts about this machine.

Not in it are keys, passwords, the contents of backups, rows and files of the application, and the logs and
the environment of its services. What may be a secret in the configuration is replaced by "${hiddenMark}",
and so is the same text wherever else it stands, where it has six characters or more. Logs name files and
folders. Look through it before you send it: tar -tzf, tar -xzf.
`;
