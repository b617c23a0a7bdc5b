import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../src/contracts/api/settings.ts';
import { changeSettings, type SettingsOf, settingsQuery } from '../api/settings.ts';
import { useSaid } from './Said.tsx';

/** `after` is for leaving a page whose matter is gone with the change: it runs before anything is shown anew. */
type Saving = { patch: Settings; done: string; undo?: Settings; after?: () => void };

/**
 * Changes settings and says so when it is live. `undo` is the patch that puts things back as they were; with it, the message
 * offers that.
 */
export function useSettingsChange(whose: SettingsOf) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const save = useMutation({
    mutationFn: ({ patch }: Saving) => changeSettings(whose, patch),
    onSuccess: async ({ settings, change }, { done, undo, after }) => {
      const putBack = () => save.mutate({ patch: undo ?? {}, done: t('settings.putBack') });
      sayChange(done, change, undo === undefined ? undefined : putBack);
      after?.();
      client.setQueryData(settingsQuery(whose).queryKey, settings);
      await client.invalidateQueries();
    },
  });
  return save;
}
