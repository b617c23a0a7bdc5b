import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/request.ts';
import { setUp } from '../../api/state.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { PlainFrame } from '../../shell/PlainFrame.tsx';
import type { SetupAnswers } from './answers.ts';
import { CodeStep } from './CodeStep.tsx';
import { PassphraseStep } from './PassphraseStep.tsx';
import { YouStep } from './YouStep.tsx';

const STEPS = ['code', 'you', 'passphrase'] as const;

/** The code may come along in the address's fragment, which never reaches a server's log. */
function codeFromAddress(): string {
  return new URLSearchParams(window.location.hash.slice(1)).get('code') ?? '';
}

export function SetupPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const [answers, setAnswers] = useState<SetupAnswers>(() => ({
    code: codeFromAddress(),
    businessName: '',
    name: '',
    email: '',
  }));
  const [error, setError] = useState<unknown>(null);
  const keep = (some: Partial<SetupAnswers>) => {
    setAnswers((before) => ({ ...before, ...some }));
    setError(null);
    setStep((now) => now + 1);
  };
  const back = () => setStep((now) => now - 1);
  const finish = async (passphrase: string) => {
    setError(null);
    try {
      await setUp(client, { ...answers, passphrase });
      await navigate({ to: '/welcome' });
    } catch (cause) {
      setError(cause);
      if (cause instanceof ApiProblem && cause.code.startsWith('setup-code')) setStep(0);
    }
  };
  const name = STEPS[step] ?? 'code';
  return (
    <PlainFrame house="empty">
      <PageHead key={name} title={t(`setup.${name}.title`)}>
        <p className="soft small">{t('setup.step', { step: step + 1, of: STEPS.length })}</p>
      </PageHead>
      {name === 'code' && <CodeStep code={answers.code} error={error} onDone={(code) => keep({ code })} />}
      {name === 'you' && <YouStep answers={answers} onDone={keep} onBack={back} />}
      {name === 'passphrase' && <PassphraseStep email={answers.email} error={error} onDone={finish} onBack={back} />}
    </PlainFrame>
  );
}
