import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FrontDoorState } from '../../../src/contracts/api/front-door.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { CertificateEnd } from './CertificateEnd.tsx';

const PLACES: { to: NonNullable<LinkProps['to']>; name: string; text: string }[] = [
  { to: '/front-door/addresses', name: 'addresses.title', text: 'addresses.short' },
  { to: '/front-door/https', name: 'https.title', text: 'https.short' },
  { to: '/front-door/callers', name: 'callers.title', text: 'callers.short' },
  { to: '/front-door/signed-calls', name: 'hooks.title', text: 'hooks.short' },
  { to: '/front-door/suppliers', name: 'suppliers.title', text: 'suppliers.short' },
];

/** How the door itself is made: the way to each of its settings. */
export function DoorWorksPanel({ door }: { door: FrontDoorState }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('settings.title')}>
      {door.gateways.map(
        (gateway) => gateway.connected && <CertificateEnd key={gateway.id} at={gateway.certificateExpiresAt} quiet />,
      )}
      <LineList>
        {PLACES.map(({ to, name, text }) => (
          <LineList.Line key={name} main={<Link to={to}>{t(name)}</Link>} under={t(text)} />
        ))}
      </LineList>
    </Panel>
  );
}
