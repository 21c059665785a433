import * as z from 'zod';
import { languageIds } from '../../texts/language.ts';
import { themeNames } from '../../theme/theme-names.ts';

/**
 * What a person may set for the interface, each with its preset. The words stand in the texts under
 * the same name. A new setting is a line here and one there; the form and the file follow.
 */
export const Settings = z.object({
  theme: z.enum(themeNames).default('terminal'),
  language: z.enum(['auto', ...languageIds]).default('auto'),
  rtl: z.enum(['auto', 'terminal', 'kedge']).default('auto'),
  ascii: z.enum(['auto', 'on', 'off']).default('auto'),
  screenReader: z.enum(['auto', 'on', 'off']).default('auto'),
  reducedMotion: z.boolean().default(false),
  mouse: z.boolean().default(true),
  readOnly: z.boolean().default(false),
  confirmations: z.enum(['safe', 'always']).default('safe'),
  clipboard: z.boolean().default(true),
  terminalTitle: z.boolean().default(true),
  escapeTimeoutMs: z.int().min(10).max(1_000).default(50),
  chordTimeoutMs: z.int().min(500).max(10_000).default(1_500),
  whichKeyDelayMs: z.int().min(0).max(5_000).default(400),
});
export type Settings = z.output<typeof Settings>;
export type SettingName = keyof Settings;

export const settingNames: readonly SettingName[] = Settings.keyof().options;

export const presetSettings: Settings = Settings.parse({});
