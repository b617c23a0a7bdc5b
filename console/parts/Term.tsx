import { Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
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
  | 'signInStep'
  | 'inputProtection'
  | 'answersProtection'
  | 'attacksProtection'
  | 'guessingProtection'
  | 'ownershipProtection'
  | 'rulesProtection'
  | 'blockList'
  | 'allowList'
  | 'certificate'
  | 'fields'
  | 'ownership'
  | 'description'
  | 'supplier'
  | 'attribute'
  | 'hook';

/**
 * A word with its explanation one tap away. The explanation takes the focus, so that a screen reader reads it; Escape, or a
 * press elsewhere, gives it back.
 */
export function Term({ id, children }: { id: TermId; children: ReactNode }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.term}
          onClick={() => setOpened(!opened)}
          // The focus moves into the explanation a moment after it opens; Escape counts in that moment too.
          onKeyDown={(event) => event.key === 'Escape' && setOpened(false)}
        >
          {children}
          <span className="visually-hidden">{t('shell.whatIsThis')}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.meaning}>
        <div tabIndex={-1} data-autofocus className={classes.text}>
          <strong>{t(`glossary.${id}.name`)}</strong>
          <p>{t(`glossary.${id}.text`)}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
