import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { protectionsQuery } from '../../api/protections.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** How much is only watched, and the way to where that is decided. */
export function ProtectionPanel() {
  const { t } = useTranslation();
  const protections = useQuery(protectionsQuery);
  return (
    <Panel title={t('protection.title')}>
      <Loaded query={protections} rows={1} height={48}>
        {({ items, days }) => {
          const count = items.reduce((sum, part) => sum + (part.effective === 'monitor' ? part.would : 0), 0);
          return <p>{t('protection.panel.text', { count, days })}</p>;
        }}
      </Loaded>
      <div>
        <Link to="/front-door/protection">{t('protection.panel.open')}</Link>
      </div>
    </Panel>
  );
}
