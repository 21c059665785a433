export const manTexts = {
  heading: 'User Commands',
  name: 'back up, restore and reset the application on a server',
  synopsis: [
    ['kedge', 'open the terminal interface'],
    ['kedge COMMAND [OPTION]... [ARGUMENT]...', 'do one thing, and answer with an exit code'],
    ['kedge help [TOPIC|COMMAND]', 'explain it'],
    ['kedge daemon', 'run the daemon in the foreground'],
  ],
  tagline: [
    'Kedge backs up, restores and gets running again the business application on a server: its databases, folders of uploads, settings and services. Each backup is one file that any Linux can unpack without Kedge. A restore is planned before it is done, can not be left half-done, and can be undone.',
    'All commands talk to the daemon of this server over its socket, and so does the interface.',
  ],
  environment: [
    ['KEDGE_HOME', 'a folder that holds configuration, state and socket of one Kedge'],
    ['KEDGE_DEMO_HOME', 'the folder of the demo'],
    ['XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_RUNTIME_DIR', 'where those lie else'],
    ['NO_COLOR', 'no colours'],
    ['INK_SCREEN_READER', 'set to true, the interface is written for a screen reader'],
    ['VISUAL, EDITOR', 'the editor for the configuration'],
  ],
  seeAlso: 'tar(1), zstd(1), age(1), systemctl(1)',
} as const;
