import { Button } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from './Notice.tsx';
import { Panel } from './Panel.tsx';

type Props = {
  title: ReactNode;
  /** Said to people who do not see the button's surroundings: "Save what may be sent". */
  action: string;
  saving: Pick<UseMutationResult<unknown>, 'isPending' | 'error'>;
  unchanged: boolean;
  onSave: () => void;
  children: ReactNode;
};

/** One matter on a card of its own that is saved by itself. */
export function SavePanel({ title, action, saving, unchanged, onSave, children }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        {children}
        <ProblemNotice error={saving.error} />
        <div>
          <Button type="submit" variant="default" loading={saving.isPending} disabled={unchanged} aria-label={action}>
            {t('settings.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
