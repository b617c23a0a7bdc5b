import { useTranslation } from 'react-i18next';
import { useConsoleState } from '../../api/state.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { ExtraStepPanel } from './ExtraStepPanel.tsx';
import { PassphrasePanel } from './PassphrasePanel.tsx';

export function SignInStepsPage() {
  const { t } = useTranslation();
  const { account } = useConsoleState();
  return (
    <div className="stack-wide">
      <PageHead title={t('account.steps.title')} back={{ to: '/more', label: t('more.title') }} />
      {account !== null && <ExtraStepPanel account={account} />}
      {account !== null && <PassphrasePanel email={account.email} />}
    </div>
  );
}
