import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, loadLanguage, preferredLanguage, rememberLanguage } from './languages.ts';

/** Loads the preferred language and makes `t` ready. Keys read `<file>.<key>`: `frontDoor.title`. */
export async function startWords(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { [language]: { translation: await loadLanguage(language) } },
    interpolation: { escapeValue: false }, // React escapes.
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function speak(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await loadLanguage(language));
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  rememberLanguage(language);
}
