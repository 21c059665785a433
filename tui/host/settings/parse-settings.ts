import { getNodeValue, type Node } from 'jsonc-parser';
import { texts } from '../../texts/texts.ts';
import { type FileFault, faultAt, parseJsonc } from './parse-jsonc.ts';
import { presetSettings, type SettingName, Settings, settingNames } from './settings.ts';

export interface ReadSettings {
  readonly settings: Settings;
  readonly faults: readonly FileFault[];
}

/** Each setting for itself: what is wrong keeps its preset, the rest holds. */
export function parseSettings(text: string): ReadSettings {
  const { root, faults } = parseJsonc(text);
  if (root === undefined) return { settings: presetSettings, faults };
  if (root.type !== 'object') {
    const fault = faultAt(text, root.offset, texts.fileFaults.notAnObject);
    return { settings: presetSettings, faults: [...faults, fault] };
  }
  const found: FileFault[] = [...faults];
  const values: Record<string, unknown> = {};
  for (const { key, value, offset } of entriesOf(root)) {
    const problem = isSetting(key) ? problemOf(key, value) : texts.fileFaults.unknownSetting(key);
    if (problem === undefined) values[key] = value;
    else found.push(faultAt(text, offset, problem));
  }
  return { settings: Settings.parse(values), faults: found };
}

/** What is wrong with a value of a setting; undefined: nothing. */
export function problemOf(name: SettingName, value: unknown): string | undefined {
  const checked = Settings.shape[name].safeParse(value);
  if (checked.success) return undefined;
  return `"${name}": ${checked.error.issues[0]?.message ?? texts.fileFaults.notValid}`;
}

export function isSetting(name: string): name is SettingName {
  return settingNames.some((known) => known === name);
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly offset: number;
}

function entriesOf(root: Node): readonly Entry[] {
  return (root.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined
      ? []
      : [{ key: String(key.value), value: getNodeValue(value), offset: value.offset }],
  );
}
