import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { frontDoorQuery } from '../../api/front-door.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { OpenAgain } from '../../parts/OpenAgain.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { ReferenceField } from '../../parts/ReferenceField.tsx';
import { LockForm } from './LockForm.tsx';

/** Something's wrong: what to do first, calmly, in the order in which it helps. */
export function WrongPage() {
  const { t } = useTranslation();
  const door = useQuery(frontDoorQuery);
  return (
    <div className="stack-wide">
      <PageHead title={t('shell.wrong')}>
        <p className="lead">{t('more.wrong.calm')}</p>
      </PageHead>
      <div id="lock">
        <Panel title={t('more.wrong.lock')}>
          <p>{t('lock.why')}</p>
          <Loaded query={door} rows={1} height={220}>
            {({ lock }) => (lock.locked ? <OpenAgain lock={lock} /> : <LockForm />)}
          </Loaded>
        </Panel>
      </div>
      <Panel title={t('more.wrong.leaked')}>
        <p>{t('more.wrong.leakedText')}</p>
        <div>
          <Button variant="default" renderRoot={(props) => <Link to="/front-door/keys" {...props} />}>
            {t('more.wrong.toKeys')}
          </Button>
        </div>
      </Panel>
      <Panel title={t('more.wrong.complaint')}>
        <p>{t('more.wrong.complaintText')}</p>
        <ReferenceField />
      </Panel>
      <Panel title={t('more.wrong.silent')}>
        <p>{t('more.wrong.silentText')}</p>
        <div>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/activity" search={{ outcome: 'failed' }} {...props} />}
          >
            {t('more.wrong.toFailed')}
          </Button>
        </div>
      </Panel>
      <Panel title={t('more.wrong.intruder')}>
        <p>{t('more.wrong.intruderText')}</p>
        <div className="row">
          <Button variant="default" renderRoot={(props) => <Link to="/more/signed-in" {...props} />}>
            {t('more.wrong.toSessions')}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link to="/more/sign-in" {...props} />}>
            {t('more.wrong.toPassphrase')}
          </Button>
        </div>
      </Panel>
    </div>
  );
}
