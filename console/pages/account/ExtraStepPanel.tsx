import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../src/contracts/api/account.ts';
import { newRecoveryCodes, removeTotp } from '../../api/account.ts';
import { stateQuery } from '../../api/state.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { ExtraStepSetup } from '../../parts/ExtraStepSetup.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { RecoveryCodeSheet } from '../../parts/RecoveryCodeSheet.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSaid } from '../../shell/Said.tsx';

export function ExtraStepPanel({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [setting, setSetting] = useState(false);
  const done = () => setSetting(false);
  return (
    <Panel
      title={<Term id="signInStep">{t('glossary.signInStep.name')}</Term>}
      aside={
        <StateMark tone={account.totpEnabled ? 'safe' : 'watch'}>
          {account.totpEnabled ? t('account.steps.on') : t('account.steps.off')}
        </StateMark>
      }
    >
      {setting ? (
        <ExtraStepSetup onDone={done} onLater={done} />
      ) : account.totpEnabled ? (
        <ExtraStepOn codesLeft={account.recoveryCodesLeft} />
      ) : (
        <>
          <p>{t('account.steps.offText')}</p>
          <div>
            <Button onClick={() => setSetting(true)}>{t('account.steps.setUp')}</Button>
          </div>
        </>
      )}
    </Panel>
  );
}

function ExtraStepOn({ codesLeft }: { codesLeft: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say } = useSaid();
  const [asking, setAsking] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const refresh = () => client.invalidateQueries({ queryKey: stateQuery.queryKey });
  const renew = useMutation({ mutationFn: newRecoveryCodes, onSuccess: refresh });
  const remove = useMutation({
    mutationFn: () => removeTotp(passphrase),
    onSuccess: async () => {
      say({ tone: 'safe', text: t('account.steps.removed') });
      await refresh();
    },
  });
  if (renew.data !== undefined) return <RecoveryCodeSheet codes={renew.data.codes} onDone={renew.reset} />;
  return (
    <>
      <p>{t('account.steps.onText', { count: codesLeft })}</p>
      <ProblemNotice error={renew.error} />
      <div className="row">
        <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
          {t('account.steps.newCodes')}
        </Button>
        <Button variant="subtle" color="stop" onClick={() => setAsking(true)}>
          {t('account.steps.remove')}
        </Button>
      </div>
      <p className="small soft">{t('account.steps.newCodesText')}</p>
      <Confirm
        opened={asking}
        title={t('account.steps.removeTitle')}
        action={t('account.steps.remove')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('account.steps.removeText')}</p>
        <PasswordInput
          label={t('account.steps.current')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('account.showPassphrase') }}
        />
      </Confirm>
    </>
  );
}
