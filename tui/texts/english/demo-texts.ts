export const demoTexts = {
  startInShell: 'Start the demo in a shell:  kedge demo',
  starting: (home: string): string => `Starting the demo in ${home}`,
  running: (url: string): string => `The demo clinic answers at ${url}`,
  leftRunning: (home: string): string =>
    `The demo runs on. From a shell:  KEDGE_HOME=${home} kedge status   (stop it: kedge demo stop)`,
  stopped: 'The demo and its services are stopped.',
  withoutServer: (home: string): string =>
    `the demo in "${home}" has its database in a file; make a new one with:  kedge demo --postgres --fresh`,
  notADemo: 'this Kedge serves no demo',
  data: (home: string): string => `Its data lies in ${home}`,
  removing: (home: string): string => `Removing the old demo in ${home}`,
} as const;
