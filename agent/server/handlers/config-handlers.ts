import * as z from 'zod';
import {
  configDescribe,
  configGet,
  configSet,
  configValidate,
} from '../../../protocol/methods/config.ts';
import { Config } from '../../config/config.ts';
import { sayingWhoSaved } from '../config-conflict.ts';
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
  handle(configSet, async (daemon, { text, revision }) => {
    const next = daemon.configFile.parse(text);
    if (next?.encryption !== undefined) await refuseUnusableKeys(daemon, next.encryption);
    const save = async () => await daemon.configFile.save(text, revision);
    return { revision: await sayingWhoSaved(daemon, save) };
  }),
  handle(configDescribe, async () => ({ schema: z.toJSONSchema(Config) })),
];
