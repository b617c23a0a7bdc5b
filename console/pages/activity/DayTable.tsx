import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActivitySummary } from '../../../src/contracts/api/activity.ts';
import { FigureTable } from '../../parts/FigureTable.tsx';
import { hourAndMinute } from '../../words/moment.ts';

/** The day's picture in numbers; half hours without a call are left out. */
export function DayTable({ summary }: { summary: ActivitySummary }) {
  const { t, i18n } = useTranslation();
  const ends = [...summary.buckets.slice(1).map((bucket) => bucket.start), summary.to];
  const busy = summary.buckets
    .map((bucket, place) => ({ ...bucket, end: ends[place] ?? summary.to }))
    .filter((bucket) => bucket.letIn + bucket.turnedAway + bucket.failed > 0);
  return (
    <FigureTable
      caption={t('activity.day.title')}
      columns={[
        t('activity.day.from'),
        t('words.outcome.let-in'),
        t('words.outcome.turned-away'),
        t('words.outcome.failed'),
      ]}
      rows={busy.map((bucket) => ({
        id: bucket.start,
        cells: [
          <Link key="from" to="/activity" search={{ from: bucket.start, to: bucket.end }}>
            {hourAndMinute(i18n.language, bucket.start)}
          </Link>,
          bucket.letIn,
          bucket.turnedAway,
          bucket.failed,
        ],
      }))}
    />
  );
}
