import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { LockState } from '../../../src/contracts/api/front-door.ts';
import { OpenAgain } from '../../parts/OpenAgain.tsx';
import { Panel } from '../../parts/Panel.tsx';

export function LockPanel({ lock }: { lock: LockState }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('lock.title')}>
      {lock.locked ? (
        <OpenAgain lock={lock} />
      ) : (
        <>
          <p>{t('lock.why')}</p>
          <div>
            <Button variant="default" renderRoot={(props) => <Link to="/wrong" hash="lock" {...props} />}>
              {t('lock.choose')}
            </Button>
          </div>
        </>
      )}
    </Panel>
  );
}
