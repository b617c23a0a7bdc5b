import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Exclusion } from '../../src/contracts/api/attacks.ts';
import { addExclusion, endExclusion, sayHonest } from '../api/attacks.ts';
import { useSaid } from './Said.tsx';

/** Long enough to have it mended, short enough to be looked at again. */
export const EXCLUDED_DAYS = 30;

/** Says that something was no attack; each deed can be undone from the line that tells of it. */
export function useExclusions() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const refresh = () =>
    Promise.all(
      ['attack-exclusions', 'honest-calls', 'protections'].map((queryKey) =>
        client.invalidateQueries({ queryKey: [queryKey] }),
      ),
    );
  const end = useMutation({
    mutationFn: async (exclusions: readonly Pick<Exclusion, 'id'>[]) => {
      let last: Awaited<ReturnType<typeof endExclusion>> | null = null;
      for (const { id } of exclusions) last = await endExclusion(id);
      return last;
    },
    onSuccess: async (ended) => {
      if (ended !== null) sayChange(t('protection.exclusions.ended'), ended.change);
      await refresh();
    },
  });
  const length = t('protection.letThrough.days', { count: EXCLUDED_DAYS });
  const add = useMutation({
    mutationFn: addExclusion,
    onSuccess: async ({ exclusion, change }) => {
      sayChange(t('protection.exclusions.done', { length }), change, () => end.mutate([exclusion]));
      await refresh();
    },
  });
  const honest = useMutation({
    mutationFn: sayHonest,
    onSuccess: async ({ exclusions, kept, change }) => {
      const done = kept ? 'protection.exclusions.doneKept' : 'protection.exclusions.done';
      sayChange(t(done, { length }), change, () => end.mutate(exclusions));
      await refresh();
    },
  });
  return { add, end, honest };
}
