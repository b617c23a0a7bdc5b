import { type ReactNode, useId } from 'react';
import classes from './Panel.module.css';

/** One matter on one card, with its heading. `aside` stands at the heading's right: a link or a button. */
export function Panel({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className="row-apart">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
