import i18next from 'i18next';
import { en } from '../../messages/en.ts';

/** The English words as the console loads them, without a screen. */
export const english = i18next.createInstance();
await english.init({
  lng: 'en',
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
});
