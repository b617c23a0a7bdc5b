import { PasswordInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { judgePassphrase } from '../api/account.ts';
import { StateMark, type Tone } from './StateMark.tsx';

type Props = { label: string; email: string; value: string; onChange: (value: string) => void };

/** A new pass phrase with the server's verdict in words while one types. The server decides; this only tells early. */
export function PassphraseField({ label, email, value, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const verdictId = useId();
  const [judged] = useDebouncedValue(value, 300);
  const verdict = useQuery({
    queryKey: ['passphrase', judged, email],
    queryFn: () => judgePassphrase(judged, email),
    enabled: judged !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const tone: Tone = verdict.data === undefined ? 'plain' : verdict.data.acceptable ? 'safe' : 'watch';
  const advice = verdict.data?.advice ?? null;
  const adviceKey = `setup.advice.${advice}`;
  return (
    <div className="stack-tight">
      <PasswordInput
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        required
        withAsterisk={false}
        autoComplete="new-password"
        maxLength={512}
        aria-describedby={verdictId}
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassphrase') }}
      />
      <div id={verdictId} role="status" className="stack-tight" style={{ minHeight: 52 }}>
        {value === '' || verdict.data === undefined ? (
          <p className="small soft">{t('setup.passphrase.hint')}</p>
        ) : (
          <>
            <div>
              <StateMark tone={tone}>
                {verdict.data.acceptable ? t(`setup.verdict.score${verdict.data.score}`) : t('setup.verdict.weak')}
              </StateMark>
            </div>
            {advice !== null && (
              <p className="small soft">{i18n.exists(adviceKey) ? t(adviceKey) : t('setup.advice.longer')}</p>
            )}
          </>
        )}
      </div>
    </div>
  );
}
