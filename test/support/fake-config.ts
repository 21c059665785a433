import * as z from 'zod';
import { checkReferences } from '../../agent/config/check-references.ts';
import { Config } from '../../agent/config/config.ts';
import { applyChanges } from '../../agent/config/edit-config.ts';
import { type ConfigCheck, parseConfig, revisionOf } from '../../agent/config/parse-config.ts';
import { KedgeError } from '../../protocol/failures.ts';
import {
  type ConfigProblem,
  configChange,
  configDescribe,
  configGet,
  configSet,
  configTry,
  configValidate,
} from '../../protocol/methods/config.ts';
import type { FakeKedge } from './fake-kedge.ts';

const path = '/etc/kedge/kedge.jsonc';

export interface FakeConfig {
  /** As it stands in the file. */
  text: string;
}

/** Answers all that is asked of a configuration as Kedge does, from a text that lies nowhere. */
export function answerConfig(
  fake: FakeKedge,
  text: string,
  checks: readonly ConfigCheck[] = [checkReferences],
): FakeConfig {
  const file: FakeConfig = { text };
  const problemsOf = (of: string): readonly ConfigProblem[] => {
    const parsed = parseConfig(of, checks);
    return parsed.kind === 'valid' ? [] : parsed.problems;
  };
  const save = (next: string, against: string): { revision: string } => {
    if (against !== revisionOf(file.text)) throw new KedgeError('config-changed');
    const [problem] = problemsOf(next);
    if (problem !== undefined) {
      throw new KedgeError('config-invalid', { path, problem: problem.message });
    }
    file.text = next;
    return { revision: revisionOf(next) };
  };
  fake.answer(configDescribe, () => ({ schema: z.toJSONSchema(Config) }));
  fake.answer(configGet, () => ({
    ...{ path, text: file.text, revision: revisionOf(file.text) },
    problems: problemsOf(file.text),
  }));
  fake.answer(configValidate, ({ text: of }) => ({ problems: problemsOf(of) }));
  fake.answer(configSet, ({ text: next, revision }) => save(next, revision));
  fake.answer(configTry, ({ changes }) => ({
    problems: problemsOf(applyChanges(file.text, changes)),
  }));
  fake.answer(configChange, ({ changes, revision }) =>
    save(applyChanges(file.text, changes), revision),
  );
  return file;
}

/** A clinic as somebody would have written it by hand. */
export const clinicConfig = `{
  // The clinic.
  "application": { "id": "clinic", "name": "Clinic", "contact": "IT desk, 555-0101" },
  "sources": {
    // All patients.
    "database": { "engine": "sqlite", "path": "/srv/clinic/clinic.db" }, // asked nightly
    "uploads": {
      "engine": "files",
      "path": "/srv/clinic/uploads",
      "exclude": ["*.tmp", "cache/"]
    },
    "settings": { "engine": "settings", "paths": ["/etc/clinic/clinic.ini"] }
  },
  "stores": {
    "local": { "kind": "local", "path": "/var/backups/clinic" }, // on the large disk
    "external": { "kind": "local", "path": "/mnt/usb", "removable": true }
  },
  "services": {
    "host": {
      "manager": "systemd",
      "unit": "clinic-host.service",
      "role": "host",
      "dependsOn": ["db"],
      "probes": [{ "kind": "http", "url": "http://127.0.0.1:8080/health" }]
    },
    "db": { "manager": "systemd", "unit": "postgresql.service", "role": "database" }
  },
  "schedules": {
    "nightly": {
      "full": { "every": "day", "at": "02:00" },
      "store": "local",
      "copyTo": "external",
      "zone": "Europe/Berlin",
      "deleteOlderThan": "30 days"
    }
  }
}
`;
