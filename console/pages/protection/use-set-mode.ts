import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Change } from '../../../src/contracts/api/front-door.ts';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import type { Mode } from '../../../src/contracts/config/config-words.ts';
import { setMode } from '../../api/protections.ts';
import { useSaid } from '../../shell/Said.tsx';

export type ModeWish = { part: Protection; mode: Mode };
export type SetMode = UseMutationResult<{ change: Change }, Error, ModeWish>;

/** Puts a protection into another mode, says whether that is live, and offers the way back. */
export function useSetMode(onDone: () => void): SetMode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const change: SetMode = useMutation({
    mutationFn: ({ part, mode }: ModeWish) => setMode(part, mode),
    onSuccess: async (answer, { part, mode }) => {
      // What the page shows and what is said shall be the same.
      await client.invalidateQueries({ queryKey: ['protections'] });
      onDone();
      const undo = () => change.mutate({ part: { ...part, mode }, mode: part.mode });
      sayChange(t(`protection.done.${mode}`, { what: t(`protection.kind.${part.kind}.title`) }), answer.change, undo);
    },
  });
  return change;
}
