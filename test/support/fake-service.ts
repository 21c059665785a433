// A service for tests: `fake-service.ts MODE [PORT]`. Modes as below; says on stdout what happens to it.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const [mode = '', port = '0'] = process.argv.slice(2);

const modes: Record<string, () => void> = {
  obedient: () => stay(),
  stubborn: () => {
    process.on('SIGTERM', () => process.stdout.write('not yet\n'));
    stay();
  },
  failing: () => {
    process.stdout.write('opening the database\ncannot open database: disk full\n');
    process.exitCode = 3;
  },
  /** Leaves a child behind when it is killed. */
  parent: () => {
    spawn(process.execPath, [import.meta.filename, 'obedient'], { stdio: 'inherit' });
    stay();
  },
  chatty: () => {
    process.stdout.write(`${'x'.repeat(1023)}\n`.repeat(Number(port)));
    stay();
  },
  environment: () => {
    process.stdout.write(`${JSON.stringify(process.env)}\n`);
    stay();
  },
  http: () => listen(),
};

function stay(): void {
  setInterval(() => undefined, 60_000);
  process.stdout.write('ready\n');
}

/** GET /health; GET /set/STATUS makes it answer so from then on. */
function listen(): void {
  let status = 200;
  const server = createServer((request, response) => {
    const [, set] = /^\/set\/(\d+)$/.exec(request.url ?? '') ?? [];
    if (set !== undefined) status = Number(set);
    response.writeHead(set === undefined ? status : 200).end('{}');
  });
  server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
}

modes[mode]?.();
