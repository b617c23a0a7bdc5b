import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';
import { keysQuery, revokeKey } from '../../api/front-door.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { KeyLines } from './KeyLines.tsx';
import { keyState } from './key-state.ts';

export function KeysPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const keys = useQuery({ ...keysQuery, refetchInterval: 10_000 });
  const [asked, setAsked] = useState<Key | null>(null);
  const revoke = useMutation({
    mutationFn: (key: Key) => revokeKey(key.id),
    onSuccess: async ({ change }, key) => {
      setAsked(null);
      sayChange(t('keys.revoked', { consumer: key.consumer }), change);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
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
          const working = list.filter((key) => keyState(key, Date.now()) === 'works');
          const past = list.filter((key) => keyState(key, Date.now()) !== 'works');
          return (
            <>
              <Panel title={t('keys.working')} aside={working.length > 0 ? make : undefined}>
                {working.length === 0 ? (
                  <EmptyState text={t('keys.empty')} action={make} />
                ) : (
                  <KeyLines keys={working} onRevoke={setAsked} />
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
      <Confirm
        opened={asked !== null}
        title={t('keys.revokeTitle', { consumer: asked?.consumer })}
        action={t('keys.revokeNow')}
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => asked !== null && revoke.mutate(asked)}
        onClose={() => {
          setAsked(null);
          revoke.reset();
        }}
      >
        <p>{t('keys.revokeText', { consumer: asked?.consumer })}</p>
        <p className="soft">{t('keys.revokeInstead')}</p>
      </Confirm>
    </div>
  );
}
