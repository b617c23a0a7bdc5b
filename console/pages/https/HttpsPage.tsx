import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { frontDoorQuery } from '../../api/front-door.ts';
import { settingsQuery } from '../../api/settings.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { TextLink } from '../../parts/TextLink.tsx';
import { CertificateEnd } from '../front-door/CertificateEnd.tsx';
import { HttpsForm } from './HttpsForm.tsx';
import type { Server } from './https-answers.ts';

/** Whether what callers send can be read on the way, and by which certificate they know the door. */
export function HttpsPage() {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery<{ server: Server }>({ of: 'gateway' }));
  const door = useQuery(frontDoorQuery);
  const gateways = (door.data?.gateways ?? []).filter((one) => one.connected);
  return (
    <div className="stack-wide">
      <PageHead title={t('https.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">
          {t('https.text')} <Term id="certificate">{t('https.certificate')}</Term>
        </p>
      </PageHead>
      <Panel title={t('https.now')}>
        <p>
          {t('frontDoor.callsComeIn')} <code>{[...new Set(gateways.flatMap((one) => one.addresses))].join(', ')}</code>
        </p>
        <p className="soft">{t('https.fixed')}</p>
        {gateways.map((gateway) => (
          <CertificateEnd key={gateway.id} at={gateway.certificateExpiresAt} />
        ))}
      </Panel>
      <Loaded query={settings} rows={4} height={92}>
        {({ server }) => <HttpsForm key={JSON.stringify(server)} server={server} />}
      </Loaded>
      <TextLink search={{ of: 'gateway', part: 'server' }} />
    </div>
  );
}
