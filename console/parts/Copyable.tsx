import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Copyable.module.css';

/** A text to take along, with a button that copies it and says so. `name` says what it is: "Key". */
export function Copyable({ name, text }: { name: string; text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<'not' | 'done' | 'failed'>('not');
  useEffect(() => {
    if (copied !== 'done') return;
    const timer = setTimeout(() => setCopied('not'), 4_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('done');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <div className={classes.copyable}>
      <span className={classes.name}>{name}</span>
      <pre className={classes.text}>{text}</pre>
      <div className="row not-printed">
        <Button variant="default" onClick={copy} aria-label={t('shell.copyNamed', { name })}>
          {copied === 'done' ? t('shell.copied') : t('shell.copy')}
        </Button>
        <span role="status" className="small soft">
          {copied === 'failed' ? t('shell.copyFailed') : copied === 'done' ? t('shell.copiedNamed', { name }) : ''}
        </span>
      </div>
    </div>
  );
}
