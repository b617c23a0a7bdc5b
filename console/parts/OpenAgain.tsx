import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LockState } from '../../src/contracts/api/front-door.ts';
import { openDoors } from '../api/front-door.ts';
import { useSaid } from '../shell/Said.tsx';
import { Moment } from './Moment.tsx';
import { Notice, ProblemNotice } from './Notice.tsx';

/** The door is locked: since when, who may still come in, and the way to open it. */
export function OpenAgain({ lock }: { lock: LockState }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const open = useMutation({
    mutationFn: openDoors,
    onSuccess: async ({ change }) => {
      sayChange(t('lock.opened'), change);
      await client.invalidateQueries();
    },
  });
  return (
    <div className="stack">
      <Notice tone="stop">
        <p>
          <strong>
            {lock.routes === 'all' ? t('lock.lockedAll') : t('lock.lockedSome', { count: lock.routes.length })}
          </strong>
          {lock.since !== null && (
            <>
              {' '}
              {t('lock.since')} <Moment at={lock.since} />.
            </>
          )}
        </p>
        {lock.allowConsumers.length > 0 && <p>{t('lock.stillIn', { names: lock.allowConsumers.join(', ') })}</p>}
        {lock.message !== null && <p>{t('lock.callersRead', { message: lock.message })}</p>}
      </Notice>
      <ProblemNotice error={open.error} />
      <div>
        <Button loading={open.isPending} onClick={() => open.mutate()}>
          {t('lock.open')}
        </Button>
      </div>
    </div>
  );
}
