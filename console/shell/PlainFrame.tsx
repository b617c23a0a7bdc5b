import type { ReactNode } from 'react';
import { House, type HouseState } from '../parts/House.tsx';
import classes from './PlainFrame.module.css';

/** The frame of the pages before one is inside: the house in its night, and one question under it. */
export function PlainFrame({ house, children }: { house: HouseState; children: ReactNode }) {
  return (
    <main className={classes.frame}>
      <div className={classes.night}>
        <House state={house} />
      </div>
      <div className={classes.card}>{children}</div>
    </main>
  );
}
