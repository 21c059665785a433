import { userInfo } from 'node:os';
import { demoAccident, setupDetect, setupWrite } from '../../../protocol/methods/setup.ts';
import { findLocalServers } from '../../databases/local-servers.ts';
import { runAccident } from '../../demo/accidents.ts';
import { detect } from '../../setup/detect.ts';
import { writeConfig } from '../../setup/write-config.ts';
import { handle } from './handler.ts';

export const setupHandlers = [
  handle(setupDetect, async ({ places }, { folder }, signal) => ({
    ...(await detect(folder, signal, [places.home, places.state])),
    servers: await findLocalServers(userInfo().username),
  })),
  handle(setupWrite, async (daemon, answers) => await writeConfig(daemon.configFile, answers)),
  handle(demoAccident, async (daemon, { accident }, signal) => {
    const text = await runAccident(accident, daemon.config(), daemon.services, signal);
    daemon.log.write('warning', `demo: ${text}`);
    return { text };
  }),
];
