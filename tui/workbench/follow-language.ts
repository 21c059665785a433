import type { SettingsStore } from '../host/settings/settings-store.ts';
import type { LanguageId } from '../texts/language.ts';
import { speak } from '../texts/speak.ts';
import { loadTextOrder } from './text-order.ts';

/** Speaks what the settings say as soon as they say something else; `system`: where they leave it to the system. */
export function followLanguage(
  settings: SettingsStore,
  system: LanguageId,
  onSpoken: () => void,
  onFault: (error: unknown) => void,
): () => void {
  let followed = settings.get().language;
  return settings.subscribe(() => {
    const { language } = settings.get();
    if (language === followed) return;
    followed = language;
    void speak(language === 'auto' ? system : language)
      .then(loadTextOrder)
      .then(onSpoken, onFault);
  });
}
