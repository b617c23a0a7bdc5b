import type { ReactNode } from 'react';
import classes from './LineList.module.css';

/** A list of things, one to a line: what it is, what is to know about it, and what can be done with it. */
export function LineList({ children }: { children: ReactNode }) {
  return <ul className={classes.list}>{children}</ul>;
}

LineList.Line = function Line({ main, under, deed }: { main: ReactNode; under?: ReactNode; deed?: ReactNode }) {
  return (
    <li className={classes.line}>
      <div className={classes.words}>
        <div className={classes.main}>{main}</div>
        {under !== undefined && <div className={classes.under}>{under}</div>}
      </div>
      {deed !== undefined && <div className={classes.deed}>{deed}</div>}
    </li>
  );
};
