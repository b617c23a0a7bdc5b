import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/request.ts';
import { signIn, useConsoleState } from '../../api/state.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PlainFrame } from '../../shell/PlainFrame.tsx';

/** The server's way to say: the pass phrase is right, now the six digits. */
const CODE_NEEDED = 'second-step-needed';

export function SignInPage() {
  const { t } = useTranslation();
  const { businessName } = useConsoleState();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState('');
  const [codeAsked, setCodeAsked] = useState(false);
  const enter = useMutation({
    mutationFn: () => signIn(client, { email: email.trim(), passphrase, ...(codeAsked ? { code: code.trim() } : {}) }),
    onSuccess: () => navigate({ to: '/front-door' }),
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === CODE_NEEDED) setCodeAsked(true);
    },
  });
  const asked = enter.error instanceof ApiProblem && enter.error.code === CODE_NEEDED;
  return (
    <PlainFrame house="lit">
      <PageHead
        key={codeAsked ? 'code' : 'start'}
        title={codeAsked ? t('account.signIn.codeTitle') : (businessName ?? t('account.signIn.title'))}
      >
        {!codeAsked && <p className="soft">{t('account.signIn.text')}</p>}
      </PageHead>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        {codeAsked ? (
          <TextInput
            label={t('account.signIn.code')}
            description={t('account.signIn.codeHint')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            autoFocus
            required
            withAsterisk={false}
          />
        ) : (
          <>
            <TextInput
              label={t('account.email')}
              type="email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              autoComplete="username"
              required
              withAsterisk={false}
            />
            <PasswordInput
              label={t('account.passphrase')}
              value={passphrase}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': t('account.showPassphrase') }}
            />
          </>
        )}
        <ProblemNotice error={asked ? null : enter.error} />
        <div className="row">
          <Button type="submit" loading={enter.isPending}>
            {codeAsked ? t('account.signIn.goOn') : t('account.signIn.enter')}
          </Button>
          {codeAsked && (
            <Button variant="default" onClick={() => setCodeAsked(false)}>
              {t('setup.back')}
            </Button>
          )}
        </div>
      </form>
      <details className="small soft">
        <summary>{t('account.signIn.locked')}</summary>
        <p>{t('account.signIn.lockedHelp')}</p>
      </details>
    </PlainFrame>
  );
}
