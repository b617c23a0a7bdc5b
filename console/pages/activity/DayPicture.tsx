import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivitySummary } from '../../../src/contracts/api/activity.ts';
import type { Direction } from '../../api/activity.ts';
import type { Outcome } from '../../words/denial.ts';
import { hourAndMinute, regional } from '../../words/moment.ts';
import { barsOf, HEIGHT, WIDTH } from './bars.ts';
import classes from './DayPicture.module.css';
import { DayTable } from './DayTable.tsx';

const KINDS: readonly { outcome: Outcome; count: (summary: ActivitySummary) => number }[] = [
  { outcome: 'let-in', count: (summary) => summary.letIn },
  { outcome: 'turned-away', count: (summary) => summary.turnedAway },
  { outcome: 'failed', count: (summary) => summary.failed },
];

/** A day at the door: one bar for each half hour, let in below, turned away and failed on top; the same as a table on demand. */
export function DayPicture({ summary, direction }: { summary: ActivitySummary; direction: Direction }) {
  const { t, i18n } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const number = (value: number) => new Intl.NumberFormat(regional(i18n.language)).format(value);
  const { bars, most } = barsOf(summary.buckets);
  const marks = [0, 12, 24, 36].flatMap((place) => summary.buckets[place]?.start ?? []);
  const counts = {
    total: number(summary.total),
    letIn: number(summary.letIn),
    turnedAway: number(summary.turnedAway),
    failed: number(summary.failed),
  };
  const out = direction === 'outbound';
  const quiet = t(out ? 'activity.day.quietOut' : 'activity.day.quiet');
  const words = summary.total === 0 ? quiet : t(out ? 'activity.day.wordsOut' : 'activity.day.words', counts);
  return (
    <figure className={classes.figure}>
      <figcaption>
        <p>{words}</p>
        <ul className={classes.legend}>
          {KINDS.map(({ outcome, count }) => (
            <li key={outcome} data-outcome={outcome}>
              <span className={classes.swatch} aria-hidden="true" />
              {t(`words.outcome.${outcome}`)} <strong>{number(count(summary))}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      {asTable ? (
        <DayTable summary={summary} />
      ) : (
        <div className={classes.chart}>
          <span className={classes.most}>{t('activity.day.most', { count: most, number: number(most) })}</span>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            className={classes.picture}
            role="img"
            aria-label={words}
          >
            <path className={classes.grid} d={`M0 .5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}`} />
            {bars.map((bar) => (
              <rect
                key={`${bar.outcome}${bar.x}`}
                data-outcome={bar.outcome}
                x={bar.x}
                y={bar.y}
                width={bar.width}
                height={bar.height}
              />
            ))}
            <path className={classes.floor} d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
          </svg>
          <div className={classes.hours} aria-hidden="true">
            {marks.map((start) => (
              <span key={start}>{hourAndMinute(i18n.language, start)}</span>
            ))}
            <span>{t('activity.day.now')}</span>
          </div>
        </div>
      )}
      <div className="not-printed">
        <Button variant="default" onClick={() => setAsTable(!asTable)} aria-pressed={asTable}>
          {asTable ? t('activity.day.asPicture') : t('activity.day.asTable')}
        </Button>
      </div>
    </figure>
  );
}
