import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/contracts/api/front-door.ts';
import { revokeKey } from '../../api/front-door.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { usedSinceReplaced } from './key-state.ts';

/** Asks before a key is taken back. An old key that nobody has used since it was replaced can go without worry. */
export function RevokeKey({ asked, onClose }: { asked: Key | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const revoke = useMutation({
    mutationFn: (key: Key) => revokeKey(key.id),
    onSuccess: async ({ change }, key) => {
      onClose();
      sayChange(t('keys.revoked', { consumer: key.consumer }), change);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  const named = { consumer: asked?.consumer };
  const unused = asked !== null && asked.replacedBy !== null && !usedSinceReplaced(asked);
  return (
    <Confirm
      opened={asked !== null}
      title={t('keys.revokeTitle', named)}
      action={t('keys.revokeNow')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => asked !== null && revoke.mutate(asked)}
      onClose={() => {
        onClose();
        revoke.reset();
      }}
    >
      <p>{t(unused ? 'keys.endUnusedText' : 'keys.revokeText', named)}</p>
      {asked?.replacedBy === null && <p className="soft">{t('keys.revokeInstead')}</p>}
    </Confirm>
  );
}
