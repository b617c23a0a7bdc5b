import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../src/contracts/api/configuration.ts';
import { planConfig, restoreRevision } from '../../api/configuration.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { momentInWords } from '../../words/moment.ts';
import { PlanShown } from './PlanShown.tsx';

/** Asks before going back, and shows what that would do. */
export function GoBack({ revision, onClose }: { revision: Revision; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const plan = useQuery({
    queryKey: ['revisions', revision.revision, 'plan'],
    queryFn: ({ signal }) => planConfig({ revision: revision.revision }, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const goBack = useMutation({
    mutationFn: () => restoreRevision(revision.revision),
    onSuccess: async ({ change }) => {
      const when = momentInWords(t, i18n.language, Date.parse(revision.at), Date.now());
      sayChange(t('configuration.history.done', { when }), change);
      onClose();
      await client.invalidateQueries();
    },
  });
  return (
    <Confirm
      opened
      title={t('configuration.history.sure')}
      action={t('configuration.history.back')}
      busy={goBack.isPending}
      error={goBack.error}
      onConfirm={() => goBack.mutate()}
      onClose={onClose}
    >
      <Loaded query={plan}>{(shown) => <PlanShown plan={shown} />}</Loaded>
    </Confirm>
  );
}
