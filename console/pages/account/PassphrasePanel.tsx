import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassphrase } from '../../api/account.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PassphraseField } from '../../parts/PassphraseField.tsx';
import { useSaid } from '../../shell/Said.tsx';

export function PassphrasePanel({ email }: { email: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say } = useSaid();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => changePassphrase(current, next),
    onSuccess: async () => {
      setCurrent('');
      setNext('');
      say({ tone: 'safe', text: t('account.steps.changed') });
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  return (
    <Panel title={t('account.steps.passphraseTitle')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <PasswordInput
          label={t('account.steps.current')}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('account.showPassphrase') }}
        />
        <PassphraseField label={t('account.steps.fresh')} email={email} value={next} onChange={setNext} />
        <ProblemNotice error={change.error} />
        <div>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('account.steps.change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
