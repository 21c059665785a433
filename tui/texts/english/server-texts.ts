/** Words about where Kedge is: on a server that ssh leads to, or here and not started yet. */
export const serverTexts = {
  inShell:
    'In a shell: kedge server add NAME [user@]host, kedge server list, kedge server remove NAME.',
  pressEnter: 'Enter goes back to the window.',
  on: (server: string) => `on ${server}`,
  connecting: (server: string) => `Connecting to ${server}. ssh may ask here; Ctrl+C goes back.`,
  retryHint: 'It is tried again by itself, without questions. Ctrl+R tries now, and ssh may ask.',
  onlyHere: 'Kedge is on another machine, or its socket was named',
  group: 'Connection',
  commands: {
    connect: 'Connect to a server',
    go: 'Connect to this server',
    start: 'Start Kedge',
    init: 'Protect an application here',
    demo: 'Try the demo',
  },
  picker: {
    title: 'Connect to a server',
    thisMachine: 'This machine',
    here: 'shown now',
    recent: 'recent',
    listed: 'in your list',
    ofSsh: 'in ~/.ssh/config',
    none: 'Your list is empty: "kedge server add NAME [user@]host", or a Host in ~/.ssh/config.',
  },
  away: {
    title: 'Kedge does not run here.',
    unit: (state: string) => `It is installed as a service, which is ${state}.`,
    unitCure: 'Start it in a shell, and this window goes on by itself:',
    unitCommand: 'sudo systemctl start kedge',
    closedTitle: 'This user may not speak to Kedge here.',
    closed: 'Its socket is there, and not for this user. Open it as the user of Kedge, or as root:',
    closedCommand: 'sudo kedge',
    configured: (path: string) => `There is a configuration: ${path}`,
    startHint:
      'Started here it goes on without this window, until it is stopped or the machine is.',
    nothing: 'Nothing is protected here yet.',
    nothingHint:
      'kedge init asks a few questions, writes a configuration and takes the first verified backup.',
    starting: 'Starting Kedge...',
    buttons: {
      start: 'Start Kedge',
      init: 'Protect an application...',
      demo: 'Try the demo',
      connect: 'Connect to a server...',
      copy: 'Copy the command',
    },
  },
} as const;
