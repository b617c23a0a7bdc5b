import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from './Notice.tsx';

type Props = {
  opened: boolean;
  title: string;
  action: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** For what cannot be undone: the consequence in words, the deed named on the button. */
export function Confirm({ opened, title, action, busy, error, onConfirm, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>{title}</strong>}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className="stack">
        {children}
        <ProblemNotice error={error} />
        <div className="row">
          <Button color="stop" className="button-stop" loading={busy} onClick={onConfirm}>
            {action}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('shell.keepAsIs')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
