import { Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Key, KeyCreated } from '../../../src/contracts/api/front-door.ts';
import { endLeakedKey } from '../../api/front-door.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { useSaid } from '../../shell/Said.tsx';

type Props = { asked: Key | null; onClose: () => void; onMade: (made: KeyCreated) => void };

/** Ends a key that strangers have seen, and makes a new one in the same step unless there is one already. */
export function LeakedKey({ asked, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const [replace, setReplace] = useState(true);
  const replaceable = asked?.replacedBy === null;
  const end = useMutation({
    mutationFn: (key: Key) => endLeakedKey(key.id, replace && replaceable),
    onSuccess: async ({ key, secret, change }, old) => {
      onClose();
      sayChange(t('keys.leakedEnded', { consumer: old.consumer }), change);
      await client.invalidateQueries({ queryKey: ['keys'] });
      if (key !== null && secret !== null) onMade({ key, secret, change });
    },
  });
  const named = { consumer: asked?.consumer };
  return (
    <Confirm
      opened={asked !== null}
      title={t('keys.leakedTitle', named)}
      action={t('keys.leakedNow')}
      busy={end.isPending}
      error={end.error}
      onConfirm={() => asked !== null && end.mutate(asked)}
      onClose={() => {
        onClose();
        end.reset();
      }}
    >
      <p>{t('keys.leakedText', named)}</p>
      {replaceable && (
        <Checkbox
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
          label={t('keys.leakedReplace', named)}
        />
      )}
      <p className="soft">{t('keys.leakedAfter')}</p>
    </Confirm>
  );
}
