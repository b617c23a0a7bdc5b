import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/Panel.tsx';
import { faultAt } from '../../words/fault-at.ts';
import type { Answers } from './https-answers.ts';

const TERMS = 'https://letsencrypt.org/repository/';
const MUST = ['dns', 'port', 'clock'] as const;

type Props = { answers: Answers; error: unknown; onChange: (some: Partial<Answers>) => void };

/** What the chosen way needs to know, and what has to be true for it. */
export function HttpsFields({ answers, error, onChange }: Props) {
  const { t } = useTranslation();
  const { way } = answers;
  if (way === 'off') return null;
  return (
    <Panel title={t(`https.details.${way}`)}>
      {way === 'auto' && (
        <>
          <p>{t('https.must.title')}</p>
          <ul className="stack-tight">
            {MUST.map((one) => (
              <li key={one}>{t(`https.must.${one}`)}</li>
            ))}
          </ul>
        </>
      )}
      {way === 'files' && (
        <>
          <TextInput
            label={t('https.cert')}
            description={t('https.certHint')}
            value={answers.cert}
            onChange={(event) => onChange({ cert: event.currentTarget.value })}
            error={faultAt(error, 'https.cert')}
            required
            withAsterisk={false}
            spellCheck={false}
            autoCapitalize="none"
          />
          <TextInput
            label={t('https.key')}
            description={t('https.keyHint')}
            value={answers.key}
            onChange={(event) => onChange({ key: event.currentTarget.value })}
            error={faultAt(error, 'https.key')}
            required
            withAsterisk={false}
            spellCheck={false}
            autoCapitalize="none"
          />
        </>
      )}
      <Textarea
        label={t('https.names')}
        description={t('https.namesHint')}
        value={answers.names}
        onChange={(event) => onChange({ names: event.currentTarget.value })}
        error={faultAt(error, 'server.hostnames')}
        required={way === 'auto'}
        withAsterisk={false}
        rows={3}
        spellCheck={false}
        autoCapitalize="none"
      />
      {way === 'auto' && (
        <>
          <TextInput
            label={t('https.email')}
            description={t('https.emailHint')}
            type="email"
            value={answers.email}
            onChange={(event) => onChange({ email: event.currentTarget.value })}
            error={faultAt(error, 'acme.email')}
          />
          <Checkbox
            label={t('https.terms')}
            checked={answers.terms}
            onChange={(event) => onChange({ terms: event.currentTarget.checked })}
            required
          />
          <p className="small">
            <a href={TERMS} target="_blank" rel="noreferrer">
              {t('https.termsLink')}
            </a>
          </p>
        </>
      )}
    </Panel>
  );
}
