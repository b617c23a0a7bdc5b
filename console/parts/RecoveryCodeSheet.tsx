import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsoleState } from '../api/state.ts';
import { fullMoment } from '../words/moment.ts';
import classes from './RecoveryCodeSheet.module.css';

/** The recovery codes, shown once: to print or to keep as a file. One goes on when one says that they are put away. */
export function RecoveryCodeSheet({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const state = useConsoleState();
  const [kept, setKept] = useState(false);
  const sheet = [
    t('account.codes.sheetTitle', { businessName: state.businessName }),
    state.account?.email ?? '',
    fullMoment(i18n.language, new Date().toISOString()),
    '',
    ...codes,
    '',
    t('account.codes.once'),
  ].join('\n');
  const download = () => {
    const url = URL.createObjectURL(new Blob([sheet], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'nightlatch-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="stack">
      <h2>{t('account.codes.title')}</h2>
      <p>{t('account.codes.text')}</p>
      <p className={classes.printed}>{t('account.codes.sheetTitle', { businessName: state.businessName })}</p>
      <p className={classes.printed}>{state.account?.email}</p>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="small soft">{t('account.codes.once')}</p>
      <div className="row not-printed">
        <Button variant="default" onClick={() => window.print()}>
          {t('account.codes.print')}
        </Button>
        <Button variant="default" onClick={download}>
          {t('account.codes.download')}
        </Button>
      </div>
      <div className="stack not-printed">
        <Checkbox
          label={t('account.codes.kept')}
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
        <div>
          <Button onClick={onDone} disabled={!kept}>
            {t('account.codes.done')}
          </Button>
        </div>
      </div>
    </div>
  );
}
