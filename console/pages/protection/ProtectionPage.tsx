import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import { servicesQuery } from '../../api/front-door.ts';
import { protectionsQuery } from '../../api/protections.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Term } from '../../parts/Term.tsx';
import { KindCard } from './KindCard.tsx';
import { KINDS, partsOf } from './order.ts';
import { ProtectNow } from './ProtectNow.tsx';
import { useSetMode } from './use-set-mode.ts';

/** What protects, what only watches, what it would have stopped; and the step from the one to the other. */
export function ProtectionPage() {
  const { t } = useTranslation();
  const protections = useQuery(protectionsQuery);
  const services = useQuery(servicesQuery);
  const [asked, setAsked] = useState<Protection | null>(null);
  const change = useSetMode(() => setAsked(null));
  // Asked once, and only where callers with good keys would be turned away; everything else can be undone.
  const protect = (part: Protection) => (part.honest > 0 ? setAsked(part) : change.mutate({ part, mode: 'enforce' }));
  return (
    <div className="stack-wide">
      <PageHead title={t('protection.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">
          {t('protection.text')} <Term id="mode">{t('protection.what')}</Term>
        </p>
        <p>
          <Link to="/front-door/protection/exceptions">{t('protection.exceptions.title')}</Link>
        </p>
      </PageHead>
      <Loaded query={protections} rows={3} height={220}>
        {({ items, days, enforcing }) => {
          const first = KINDS.flatMap((kind) => partsOf(items, kind)).find(
            (part) => part.mode === 'monitor' && part.would > 0,
          );
          if (services.data?.length === 0) return <EmptyState text={t('protection.nothingYet')} />;
          return KINDS.map((kind) => (
            <KindCard
              key={kind}
              kind={kind}
              parts={partsOf(items, kind)}
              days={days}
              enforcing={kind === 'rules' ? enforcing : 0}
              primary={first?.id ?? null}
              change={change}
              onProtect={protect}
            />
          ));
        }}
      </Loaded>
      <ProtectNow asked={asked} change={change} onClose={() => setAsked(null)} />
    </div>
  );
}
