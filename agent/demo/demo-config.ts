import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { JSONPath } from 'jsonc-parser';
import { editConfig } from '../config/edit-config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { programFile } from '../os/program-file.ts';
import { httpUrlOf } from '../services/http-url.ts';
import { type Ports, type ServiceName, serviceNames } from './app/clinic-settings.ts';
import type { DemoPlaces } from './demo-places.ts';
import { serverSourceText, serverText } from './postgres/server-config.ts';

/** Where the services answer, and the argv that starts them with this very program. */
const healthUrl = (ports: Ports, name: ServiceName): string =>
  `http://127.0.0.1:${ports[name]}/health`;
const hostUrl = (ports: Ports): string => `http://127.0.0.1:${ports.host}/`;

function programOf(name: ServiceName | 'trial'): string {
  // Built code runs built code, and a test that runs the sources runs the sources.
  return programFile(`demo/app/${name}`);
}

function commandOf(places: DemoPlaces, name: ServiceName): readonly string[] {
  return [process.execPath, programOf(name), join(places.settings, 'clinic.json')];
}

const drillCommand = (): readonly string[] => [
  process.execPath,
  programOf('trial'),
  '{database}',
  '{uploads}',
  '{port}',
];

/** kedge.jsonc of the demo, as somebody who configures by hand would have written it. */
export function demoConfig(
  places: DemoPlaces,
  ports: Ports,
  zone: string,
  postgresBin?: string,
): string {
  const text = JSON.stringify;
  const inServer = postgresBin !== undefined;
  return `// Kedge's demo: a small clinic. Everything of it lies below ${places.home}.
// Change what you like: a valid change takes effect at once.
{
  "application": {
    "id": "clinic",
    "name": "Demo Clinic",
    "version": "1.0",
    "contact": "Nobody: this is a demo. Your own application gets your own contact here."
  },

  // What is kept: a database, a folder of uploads, settings files.
  "sources": {
    "database": ${inServer ? serverSourceText(places.server) : fileSourceText(places)},
    "uploads": { "engine": "files", "path": ${text(places.uploads)} },
    "settings": {
      "engine": "settings",
      "paths": [
        ${text(join(places.settings, 'clinic.ini'))},
        ${text(join(places.settings, 'clinic.json'))}
      ]
    }
  },

  // Where backups go. Here it is the same disk, which is fine for a demo only.
  "stores": {
    "local": { "kind": "local", "path": ${text(places.backups)} }
  },

  // What runs. The Agent needs the Host, the Host needs the database; a reset stops them in the one
  // order and starts them in the other.
  "services": {
    "database": {
${inServer ? serverText(postgresBin, places.server) : serviceText(places, ports, 'database')}
    },
    "host": {
${serviceText(places, ports, 'host', ['database'])},
      // A Host that hangs does not hear that it should stop.
      "stopTimeoutSeconds": 3,
      "allowKill": true
    },
    "agent": {
${serviceText(places, ports, 'agent', ['host'])}
    }
  },

  // Far more often than anybody needs, so that there is something to see.
  "schedules": {
    "every-two-minutes": {
      "full": { "every": "cron", "cron": "*/2 * * * *" },
      "store": "local",
      "zone": ${text(zone)},
      "deleteOlderThan": "1 hour"
    }
  },

${inServer ? '' : drillText()}  "demo": { "url": ${text(hostUrl(ports))} }
}
`;
}

function fileSourceText({ database }: DemoPlaces): string {
  return `{ "engine": "sqlite", "path": ${JSON.stringify(database)} }`;
}

/** Of a database in a server the Host can be started on no copy: that would be another server. */
function drillText(): string {
  return `  // A drill restores a backup into scratch and starts the Host on that copy.
  "drill": {
    "probe": {
      "command": ${JSON.stringify(drillCommand())},
      "ready": { "kind": "http", "url": "http://127.0.0.1:{port}/health", "timeoutSeconds": 2 },
      "timeoutSeconds": 30
    }
  },

`;
}

function serviceText(
  places: DemoPlaces,
  ports: Ports,
  name: ServiceName,
  dependsOn: readonly ServiceName[] = [],
): string {
  const [node, app, settings] = commandOf(places, name).map((word) => JSON.stringify(word));
  const needs = dependsOn.map((needed) => `      "dependsOn": ["${needed}"],\n`);
  return `      "manager": "process",
      "role": "${name}",
      "command": [
        ${node},
        ${app},
        ${settings}
      ],
      "folder": ${JSON.stringify(places.clinic)},
${needs.join('')}      "probes": [{ "kind": "http", "url": "${healthUrl(ports, name)}", "timeoutSeconds": 2 }],
      "startTimeoutSeconds": 20,
      "stableSeconds": 0.5,
      "autoStart": true,
      "stopWithAgent": true`;
}

/** The text with this program's commands and these ports; whatever else was changed by hand stays. */
export function refreshDemoConfig(text: string, places: DemoPlaces, ports: Ports): string {
  const parsed = parseConfig(text, []);
  // Not touched while it is wrong: Kedge names the place, the admin puts it right.
  if (parsed.kind === 'invalid') return text;
  const { services = {}, demo, drill } = parsed.config;
  let fresh = text;
  const set = (path: JSONPath, before: unknown, after: unknown): void => {
    if (!isDeepStrictEqual(before, after)) fresh = editConfig(fresh, path, after);
  };
  for (const name of serviceNames) {
    const service = services[name];
    if (service?.manager !== 'process') continue;
    set(['services', name, 'command'], service.command, commandOf(places, name));
    const url = httpUrlOf(service);
    if (url !== undefined) set(['services', name, 'probes', 0, 'url'], url, healthUrl(ports, name));
  }
  const probe = drill?.probe;
  if (probe !== undefined) set(['drill', 'probe', 'command'], probe.command, drillCommand());
  set(['demo'], demo, { url: hostUrl(ports) });
  return fresh;
}
