import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Key, KeyCreated } from '../../../src/contracts/api/front-door.ts';
import { keysQuery } from '../../api/front-door.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import type { KeyDeed } from './KeyDeeds.tsx';
import { KeyLines } from './KeyLines.tsx';
import { KeyMade } from './KeyMade.tsx';
import { opens } from './key-state.ts';
import { LeakedKey } from './LeakedKey.tsx';
import { RevokeKey } from './RevokeKey.tsx';

export function KeysPage() {
  const { t } = useTranslation();
  const keys = useQuery({ ...keysQuery, refetchInterval: 10_000 });
  const [asked, setAsked] = useState<{ deed: KeyDeed; key: Key } | null>(null);
  const [made, setMade] = useState<KeyCreated | null>(null);
  const close = () => setAsked(null);
  if (made !== null) {
    const back = { to: '/front-door', label: t('frontDoor.title') } as const;
    return (
      <div className="stack-wide">
        <PageHead key="made" title={t('keys.madeTitle', { consumer: made.key.consumer })} back={back} />
        <KeyMade made={made} onDone={() => setMade(null)} />
      </div>
    );
  }
  const make = <Button renderRoot={(props) => <Link to="/front-door/keys/new" {...props} />}>{t('keys.make')}</Button>;
  return (
    <div className="stack-wide">
      <PageHead title={t('keys.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">
          {t('keys.text')} <Term id="key">{t('keys.what')}</Term>
        </p>
      </PageHead>
      <Loaded query={keys} rows={4} height={84}>
        {(list) => {
          const working = list.filter((key) => opens(key, Date.now()));
          const past = list.filter((key) => !opens(key, Date.now()));
          return (
            <>
              <Panel title={t('keys.working')} aside={working.length > 0 ? make : undefined}>
                {working.length === 0 ? (
                  <EmptyState text={t('keys.empty')} action={make} />
                ) : (
                  <KeyLines keys={working} onDeed={(deed, key) => setAsked({ deed, key })} />
                )}
              </Panel>
              {past.length > 0 && (
                <Panel title={t('keys.past')}>
                  <KeyLines keys={past} />
                </Panel>
              )}
            </>
          );
        }}
      </Loaded>
      <RevokeKey asked={asked?.deed === 'revoke' ? asked.key : null} onClose={close} />
      <LeakedKey asked={asked?.deed === 'leaked' ? asked.key : null} onClose={close} onMade={setMade} />
    </div>
  );
}
