import { Button, CloseButton } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change } from '../../src/contracts/api/front-door.ts';
import { changeInWords, type Said as SaidWords } from '../words/change.ts';
import classes from './Said.module.css';

type Message = SaidWords & { undo?: () => void };
type Speaker = {
  say: (message: Message) => void;
  /** What was done, and whether it is live: exactly what the server said. */
  sayChange: (done: string, change: Change, undo?: () => void) => void;
};

const Context = createContext<Speaker | null>(null);
const QUIET_AFTER_MS = 9_000;

export function useSaid(): Speaker {
  const speaker = useContext(Context);
  if (speaker === null) throw new Error('SaidProvider is missing above');
  return speaker;
}

/** One line at the foot of the page that says what just happened. It outlives a change of page; "watch" stays until closed. */
export function SaidProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [message, setMessage] = useState<Message | null>(null);
  const hush = useCallback(() => setMessage(null), []);
  useEffect(() => {
    if (message === null || message.tone === 'watch') return;
    const timer = setTimeout(hush, QUIET_AFTER_MS);
    return () => clearTimeout(timer);
  }, [message, hush]);
  const speaker = useMemo<Speaker>(
    () => ({
      say: setMessage,
      sayChange: (done, change, undo) => setMessage({ ...changeInWords(t, done, change), ...(undo ? { undo } : {}) }),
    }),
    [t],
  );
  const undo = message?.undo;
  return (
    <Context value={speaker}>
      {children}
      <div className={classes.place} role="status">
        {message !== null && (
          <div className={classes.said} data-tone={message.tone}>
            <p>{message.text}</p>
            {undo !== undefined && (
              <Button
                variant="default"
                onClick={() => {
                  hush();
                  undo();
                }}
              >
                {t('shell.undo')}
              </Button>
            )}
            <CloseButton aria-label={t('shell.close')} onClick={hush} className={classes.close} />
          </div>
        )}
      </div>
    </Context>
  );
}
