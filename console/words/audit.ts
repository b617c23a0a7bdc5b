import type { i18n } from 'i18next';

/** "key.create" → "made a key for"; an action newer than this page is shown by its own name. */
export function actionInWords(i18n: i18n, action: string): string {
  const key = `audit.actions.${action.replaceAll('.', '-')}`;
  return i18n.exists(key) ? i18n.t(key) : action;
}
