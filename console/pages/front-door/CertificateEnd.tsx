import { useTranslation } from 'react-i18next';
import { Notice } from '../../parts/Notice.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { certificateState } from '../../words/certificate.ts';
import { regional } from '../../words/moment.ts';

/** Until when the certificate holds, with a warning before its end. Nothing without https. */
export function CertificateEnd({ at, quiet = false }: { at: string | null; quiet?: boolean }) {
  const { t, i18n } = useTranslation();
  if (at === null) return null;
  const state = certificateState(Date.parse(at), Date.now());
  const day = new Intl.DateTimeFormat(regional(i18n.language), { dateStyle: 'long' }).format(new Date(at));
  if (state === 'holds') {
    return quiet ? null : <StateMark tone="safe">{t('https.holds', { day })}</StateMark>;
  }
  return (
    <Notice tone={state === 'over' ? 'stop' : 'watch'} title={t(`https.${state}`, { day })}>
      <p>{t(`https.${state}Text`)}</p>
    </Notice>
  );
}
