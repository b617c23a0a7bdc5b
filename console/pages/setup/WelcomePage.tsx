import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsoleState } from '../../api/state.ts';
import { ExtraStepSetup } from '../../parts/ExtraStepSetup.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PlainFrame } from '../../shell/PlainFrame.tsx';

/** Right after the set-up: the extra sign-in step, offered while the phone is at hand; "later" is always possible. */
export function WelcomePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { businessName } = useConsoleState();
  const [started, setStarted] = useState(false);
  const leave = () => navigate({ to: '/front-door' });
  return (
    <PlainFrame house="lit">
      <PageHead
        key={started ? 'started' : 'offered'}
        title={started ? t('glossary.signInStep.name') : t('setup.welcome.title', { businessName })}
      />
      {started ? (
        <ExtraStepSetup onDone={leave} onLater={leave} />
      ) : (
        <div className="stack">
          <p>{t('setup.welcome.text')}</p>
          <p className="soft">{t('setup.welcome.need')}</p>
          <div className="row">
            <Button onClick={() => setStarted(true)}>{t('setup.welcome.start')}</Button>
            <Button variant="default" onClick={leave}>
              {t('setup.welcome.later')}
            </Button>
          </div>
        </div>
      )}
    </PlainFrame>
  );
}
