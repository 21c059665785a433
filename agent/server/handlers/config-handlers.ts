import * as z from 'zod';
import type { ConfigChange } from '../../../protocol/domain/config-change.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import {
  configChange,
  configDescribe,
  configGet,
  configSet,
  configTest,
  configTry,
  configValidate,
} from '../../../protocol/methods/config.ts';
import { Config } from '../../config/config.ts';
import { applyChanges } from '../../config/edit-config.ts';
import { testEntry } from '../../setup/doctor/test-entry.ts';
import { recordTest } from '../audited-test.ts';
import { sayingWhoSaved } from '../config-conflict.ts';
import type { Daemon } from '../daemon.ts';
import { refuseUnusableKeys } from '../key-check.ts';
import { handle } from './handler.ts';

export const configHandlers = [
  handle(configGet, async (daemon) => {
    await daemon.configFile.reload();
    return { path: daemon.configFile.path, ...daemon.configFile.onDisk() };
  }),
  handle(configValidate, async (daemon, { text }) => ({
    problems: daemon.configFile.validate(text),
  })),
  handle(configSet, async (daemon, { text, revision }) => await save(daemon, text, revision)),
  handle(configTry, async (daemon, { changes }) => ({
    problems: daemon.configFile.validate(changed(daemon, changes)),
  })),
  handle(configChange, async (daemon, { changes, revision }) => {
    await daemon.configFile.reload();
    return await save(daemon, changed(daemon, changes), revision);
  }),
  handle(configTest, async (daemon, asked, signal, asker) => {
    const { changes, section, name } = asked;
    const text = changed(daemon, changes);
    const config = daemon.configFile.parse(text);
    if (config === undefined) throw invalid(daemon, text);
    const { places } = daemon;
    const { services, problems } = await daemon.overview.snapshot();
    const facts = { places, services, problems };
    const test = async () => await testEntry(config, section, name, facts, signal);
    return { findings: await recordTest(daemon, { ...asked, config }, asker, test) };
  }),
  handle(configDescribe, async () => ({ schema: z.toJSONSchema(Config) })),
];

async function save(
  daemon: Daemon,
  text: string,
  revision: string,
): Promise<{ readonly revision: string }> {
  const next = daemon.configFile.parse(text);
  if (next?.encryption !== undefined) await refuseUnusableKeys(daemon, next.encryption);
  const saved = async () => await daemon.configFile.save(text, revision);
  return { revision: await sayingWhoSaved(daemon, saved) };
}

function changed({ configFile }: Daemon, changes: readonly ConfigChange[]): string {
  return applyChanges(configFile.onDisk().text, changes);
}

function invalid({ configFile }: Daemon, text: string): KedgeError {
  const { path } = configFile;
  const problem = configFile.validate(text)[0]?.message ?? '';
  return new KedgeError('config-invalid', { path, problem });
}
