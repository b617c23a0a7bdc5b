import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmTotp, offerTotp } from '../api/account.ts';
import { stateQuery } from '../api/state.ts';
import { Copyable } from './Copyable.tsx';
import { Loaded } from './Loaded.tsx';
import { ProblemNotice } from './Notice.tsx';
import { QrPicture } from './QrPicture.tsx';
import { RecoveryCodeSheet } from './RecoveryCodeSheet.tsx';

/** Switches the extra sign-in step on: picture for the phone's app, six digits back, then the recovery codes. */
export function ExtraStepSetup({ onDone, onLater }: { onDone: () => void; onLater: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const offer = useQuery({
    queryKey: ['totp-offer'],
    queryFn: offerTotp,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const confirm = useMutation({
    mutationFn: () => confirmTotp(code.replaceAll(/\s/g, '')),
    onSuccess: () => client.invalidateQueries({ queryKey: stateQuery.queryKey }),
  });
  if (confirm.data !== undefined) return <RecoveryCodeSheet codes={confirm.data.codes} onDone={onDone} />;
  return (
    <Loaded query={offer} rows={1} height={420}>
      {({ qrSvg, secret }) => (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate();
          }}
        >
          <ol className="stack-tight">
            <li>{t('account.extraStep.scan')}</li>
            <li>{t('account.extraStep.type')}</li>
          </ol>
          <QrPicture svg={qrSvg} />
          <details>
            <summary>{t('account.extraStep.cannotScan')}</summary>
            <Copyable name={t('account.extraStep.secret')} text={secret.replaceAll(/(.{4})(?=.)/g, '$1 ')} />
          </details>
          <TextInput
            label={t('account.extraStep.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={9}
            required
            withAsterisk={false}
          />
          <ProblemNotice error={confirm.error} />
          <div className="row">
            <Button type="submit" loading={confirm.isPending}>
              {t('account.extraStep.switchOn')}
            </Button>
            <Button variant="default" onClick={onLater}>
              {t('account.extraStep.later')}
            </Button>
          </div>
        </form>
      )}
    </Loaded>
  );
}
