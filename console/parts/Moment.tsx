import { useTranslation } from 'react-i18next';
import { fullMoment, momentInWords } from '../words/moment.ts';

/** A point in time in words; its whole truth in the title. */
export function Moment({ at }: { at: string }) {
  const { t, i18n } = useTranslation();
  return (
    <time dateTime={at} title={fullMoment(i18n.language, at)}>
      {momentInWords(t, i18n.language, Date.parse(at), Date.now())}
    </time>
  );
}
