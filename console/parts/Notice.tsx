import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemInWords } from '../words/problem.ts';
import classes from './Notice.module.css';
import type { Tone } from './StateMark.tsx';

export function Notice({ tone, title, children }: { tone: Tone; title?: string; children?: ReactNode }) {
  return (
    <div className={classes.notice} data-tone={tone}>
      {title !== undefined && <strong>{title}</strong>}
      {children}
    </div>
  );
}

/** What went wrong and what to do, said at once by screen readers. Draws nothing while all is well. */
export function ProblemNotice({ error }: { error: unknown }) {
  const { i18n } = useTranslation();
  if (error === null || error === undefined) return <div role="alert" hidden />;
  const { text, next, faults } = problemInWords(i18n, error);
  return (
    <div role="alert" className={classes.notice} data-tone="stop">
      <p>{text}</p>
      {next !== null && <p>{next}</p>}
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={`${fault.place} ${fault.message}`}>
              <code>{fault.place}</code> {fault.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
