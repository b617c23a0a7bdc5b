import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { frontDoorQuery, servicesQuery } from '../../api/front-door.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { DoorPicture } from './DoorPicture.tsx';
import { DoorWorksPanel } from './DoorWorksPanel.tsx';
import classes from './FrontDoorPage.module.css';
import { GatewaysPanel } from './GatewaysPanel.tsx';
import { KeysPanel } from './KeysPanel.tsx';
import { LockPanel } from './LockPanel.tsx';
import { ProtectionPanel } from './ProtectionPanel.tsx';
import { ServicesPanel } from './ServicesPanel.tsx';

/** In ten seconds: is the door all right? Below: what stands behind it, who has keys, how to close it. */
export function FrontDoorPage() {
  const { t } = useTranslation();
  const door = useQuery(frontDoorQuery);
  const services = useQuery(servicesQuery);
  return (
    <div className="stack-wide">
      <title>{t('shell.pageTitle', { title: t('frontDoor.title') })}</title>
      <Loaded query={door} rows={1} height={250}>
        {(state) => <DoorPicture door={state} services={services.data?.length ?? 1} />}
      </Loaded>
      <div className={classes.columns}>
        <div className="stack-wide">
          <ServicesPanel />
          {(services.data?.length ?? 0) > 0 && <ProtectionPanel />}
          <KeysPanel />
        </div>
        <div className="stack-wide">
          <Loaded query={door} rows={2} height={180}>
            {(state) => (
              <>
                <LockPanel lock={state.lock} />
                <DoorWorksPanel door={state} />
                <GatewaysPanel door={state} />
              </>
            )}
          </Loaded>
        </div>
      </div>
    </div>
  );
}
