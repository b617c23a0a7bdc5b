/**
 * The languages of the console. A new one is a folder beside `messages/en` with the same files, an index like
 * `messages/en.ts`, and one line here; its words are fetched only by those who chose it.
 */
const LANGUAGES = {
  en: { name: 'English', load: async () => (await import('../messages/en.ts')).en },
};

export type Language = keyof typeof LANGUAGES;
export const languageNames = Object.entries(LANGUAGES).map(([code, { name }]) => ({ code: code as Language, name }));

const STORED = 'nightlatch-language';

function isLanguage(code: string): code is Language {
  return Object.hasOwn(LANGUAGES, code);
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // Storage is switched off: the browser's own languages decide.
  }
}

/** What was chosen here before, else the first of the browser's languages that we speak, else English. */
export function preferredLanguage(): Language {
  const wished = [storedLanguage() ?? '', ...navigator.languages.map((tag) => tag.split('-')[0] ?? '')];
  return wished.find(isLanguage) ?? 'en';
}

export function rememberLanguage(code: Language): void {
  try {
    localStorage.setItem(STORED, code);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
}

export function loadLanguage(code: Language) {
  return LANGUAGES[code].load();
}
