import type { i18n } from 'i18next';
import type { ExceptionRequest } from '../../src/contracts/api/settings.ts';
import { placesInWords } from './finding.ts';

type Allowed = Omit<ExceptionRequest, 'days' | 'reason'>;

const ABOUT_ANSWERS: ReadonlySet<string> = new Set(['response-guard', 'ownership-answer']);

/** What exactly an exception allows, as a sentence. */
export function exceptionInWords(i18n: i18n, exception: Allowed): string {
  const { t } = i18n;
  const { consumer, address, policy, route, service } = exception;
  const who = consumer ?? (address === undefined ? t('protection.allows.everybody') : atAddress(i18n, address));
  const sentence = ABOUT_ANSWERS.has(policy) ? 'protection.allows.whoAnswer' : 'protection.allows.who';
  return t(sentence, { who, route, api: service, why: whyInWords(i18n, exception) });
}

const atAddress = ({ t }: i18n, address: string) => t('protection.allows.address', { address });

function whyInWords({ t, exists, language }: i18n, { places = [], code }: Allowed): string {
  if (places.length > 0) {
    const words = placesInWords(t, language, places);
    return t(places.length === 1 ? 'protection.allows.places' : 'protection.allows.placesMany', { places: words });
  }
  const known = `protection.why.${code}`;
  return exists(known) ? t(known) : t('protection.allows.anything');
}
