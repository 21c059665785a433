import type { HelpTopicText } from '../../texts/english/help/help-topic.ts';
import { helpTopicTexts } from '../../texts/english/help-texts.ts';
import { helpBody } from '../../texts/help-bodies.ts';
import { texts } from '../../texts/texts.ts';

export type TopicId = keyof typeof helpTopicTexts;

export interface HelpTopic extends HelpTopicText {
  readonly id: TopicId;
  /** Other words that mean it. */
  readonly aliases: readonly string[];
  /** First words of the commands that it is about. */
  readonly commands: readonly string[];
}

/** What is the same in every language. */
const about: Readonly<
  Record<TopicId, { readonly aliases: readonly string[]; readonly commands: readonly string[] }>
> = {
  'getting-started': { aliases: ['start', 'intro', 'tour'], commands: ['init', 'demo', 'status'] },
  backup: { aliases: ['backups', 'drill', 'verify'], commands: ['backup', 'checkpoint', 'drill'] },
  schedules: { aliases: ['schedule', 'calendar'], commands: ['schedule', 'calendar'] },
  restore: { aliases: ['undo'], commands: ['restore', 'undo'] },
  recover: { aliases: ['disaster', 'runbook'], commands: ['recover'] },
  services: { aliases: ['service', 'reset', 'health'], commands: ['service'] },
  databases: {
    aliases: ['database', 'postgres', 'postgresql', 'mariadb', 'mysql', 'sqlserver', 'mssql'],
    commands: ['recovery'],
  },
  encryption: { aliases: ['key', 'age', 'passphrase'], commands: ['key'] },
  destinations: {
    aliases: ['destination', 'stores', 'drives', 'space'],
    commands: ['destination', 'space'],
  },
  retention: { aliases: ['trash', 'pin', 'delete'], commands: ['retention', 'trash'] },
  alarms: { aliases: ['alarm', 'report', 'metrics'], commands: ['alarm', 'report', 'metrics'] },
  install: { aliases: ['uninstall', 'upgrade'], commands: ['install', 'uninstall', 'completion'] },
  keys: { aliases: ['mouse', 'keyboard'], commands: [] },
  files: { aliases: ['format', 'config', 'archive', 'paths'], commands: ['config'] },
  'exit-codes': { aliases: ['exit', 'json', 'scripts'], commands: [] },
  remote: { aliases: ['ssh', 'viewers', 'operators', 'audit'], commands: ['server', 'audit'] },
  troubleshooting: {
    aliases: ['trouble', 'doctor', 'support', 'problems'],
    commands: ['doctor', 'support', 'job'],
  },
};

export const topicIds = Object.keys(about).filter((id): id is TopicId => id in helpTopicTexts);

/** In the language that is spoken now. */
export function topicOf(id: TopicId): HelpTopic {
  const english = helpTopicTexts[id];
  const body = helpBody(id) ?? english.body;
  return { id, ...about[id], title: texts.help.titles[id], body };
}

/** By its name or another word for it. */
export function findTopic(word: string): HelpTopic | undefined {
  const typed = word.toLowerCase();
  const id =
    topicIds.find((one) => one === typed) ??
    topicIds.find((one) => about[one].aliases.includes(typed));
  return id === undefined ? undefined : topicOf(id);
}

/** All words that name a topic. */
export function topicWords(): readonly string[] {
  return topicIds.flatMap((id) => [id, ...about[id].aliases]);
}
