import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Term.module.css';

export type TermId =
  | 'api'
  | 'gateway'
  | 'key'
  | 'rule'
  | 'limit'
  | 'reference'
  | 'token'
  | 'mode'
  | 'scope'
  | 'signInStep';

/** A word with its explanation one tap away. */
export function Term({ id, children }: { id: TermId; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Popover width={280} position="bottom-start" shadow="md" withinPortal trapFocus={false} returnFocus>
      <Popover.Target>
        <button type="button" className={classes.term}>
          {children}
          <span className="visually-hidden">{t('shell.whatIsThis')}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.meaning} aria-label={t(`glossary.${id}.name`)}>
        <strong>{t(`glossary.${id}.name`)}</strong>
        <p>{t(`glossary.${id}.text`)}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
