import { KedgeError } from '../../protocol/failures.ts';
import { problemOf } from '../host/settings/parse-settings.ts';
import type { SettingName, Settings } from '../host/settings/settings.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';

/** Settings of the interface that hold for one window instead of those of the file. */
export type WindowSettings = { readonly [K in SettingName]?: Settings[K] };

interface WindowOption {
  readonly setting: SettingName;
  /** Absent: the word behind the option. */
  readonly value?: unknown;
}

const options: Readonly<Record<string, WindowOption>> = {
  '--theme': { setting: 'theme' },
  '--language': { setting: 'language' },
  '--ascii': { setting: 'ascii', value: 'on' },
  '--screen-reader': { setting: 'screenReader', value: 'on' },
  '--reduced-motion': { setting: 'reducedMotion', value: true },
  '--no-mouse': { setting: 'mouse', value: false },
  '--read-only': { setting: 'readOnly', value: true },
};

export interface TakenWindowOption {
  readonly settings: WindowSettings;
  /** Words that it took. */
  readonly words: number;
}

/** The option at a place of a command line; undefined: it is none of the window. */
export function takeWindowOption(
  words: readonly string[],
  place: number,
): TakenWindowOption | undefined {
  const [name = '', ...inline] = (words[place] ?? '').split('=');
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) return undefined;
  const behind = inline.length > 0 ? inline.join('=') : words[place + 1];
  const value = option.value ?? behind;
  if (option.value !== undefined && inline.length > 0)
    throw new KedgeError('bad-argument', { what: name, problem: cliTexts.optionTakesNone });
  if (value === undefined)
    throw new KedgeError('bad-argument', { what: name, problem: cliTexts.optionNeedsValue });
  const problem = problemOf(option.setting, value);
  if (problem !== undefined) throw new KedgeError('bad-argument', { what: name, problem });
  const ownWord = option.value === undefined && inline.length === 0;
  return { settings: { [option.setting]: value }, words: ownWord ? 2 : 1 };
}
