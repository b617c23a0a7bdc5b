import type { ReactNode } from 'react';
import classes from './StateMark.module.css';

export type Tone = 'safe' | 'watch' | 'stop' | 'plain';

const SHAPES: Record<Tone, ReactNode> = {
  safe: <path d="M3.5 8.5l3 3 6-7" />,
  watch: <path d="M8 3.2v5.6M8 12.4v.2" />,
  stop: <path d="M4 4l8 8M12 4l-8 8" />,
  plain: <path d="M4 8h8" />,
};

/** A state: never a colour alone, always with its shape and its word. */
export function StateMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <svg viewBox="0 0 16 16" className={classes.shape} aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      <span>{children}</span>
    </span>
  );
}
