import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import type { SetMode } from './use-set-mode.ts';

type Props = { asked: Protection | null; change: SetMode; onClose: () => void };

/** Asks once when callers with good keys would be turned away: who, how often, and what to do for them. */
export function ProtectNow({ asked, change, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const honest =
    asked?.findings.filter(({ consumer, decision }) => consumer !== null && decision.startsWith('would')) ?? [];
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
    new Set(honest.flatMap(({ consumer }) => consumer ?? [])),
  );
  return (
    <Modal
      opened={asked !== null}
      onClose={onClose}
      title={<strong>{t('protection.sure')}</strong>}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {asked !== null && (
        <div className="stack">
          <p>{t('protection.sureText', { count: asked.honest, names })}</p>
          <p>{t(`protection.kind.${asked.kind}.then`)}</p>
          <p className="soft">{t('protection.sureInstead')}</p>
          <ProblemNotice error={change.error} />
          <div className="row">
            <Button
              loading={change.isPending}
              onClick={() => change.mutate({ part: asked, mode: 'enforce' })}
              data-autofocus
            >
              {t('protection.protectAnyway')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('protection.watchOn')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
