import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** Nothing here yet: says why and what to do, with the button to do it. */
export function EmptyState({ text, action }: { text: string; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{text}</p>
      {action}
    </div>
  );
}
