import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callsQuery } from '../../api/activity.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { CallFilters } from './CallFilters.tsx';
import { CallLine } from './CallLine.tsx';
import classes from './CallsPanel.module.css';
import { useLiveCalls } from './use-live-calls.ts';

/** The calls, newest first, with new ones on top as they come in; paused, they wait. */
export function CallsPanel() {
  const { t } = useTranslation();
  const filter = useSearch({ from: '/inside/activity' });
  const [paused, setPaused] = useState(false);
  const past = useInfiniteQuery(callsQuery(filter));
  const live = useLiveCalls(filter, paused);
  const { fetchNextPage } = past;
  const stillLooking = past.hasNextPage && past.data?.pages.at(-1)?.events.length === 0;
  // A search that finds little is answered in steps; an empty step is no reason to stop.
  useEffect(() => {
    if (stillLooking && !past.isFetchingNextPage) void fetchNextPage();
  }, [stillLooking, past.isFetchingNextPage, fetchNextPage]);
  const known = past.data?.pages.flatMap((page) => page.events) ?? [];
  const seen = new Set(known.map((call) => call.id));
  const calls = [...live.calls.filter((call) => !seen.has(call.id)), ...known];
  const filtered = Object.keys(filter).length > 0;
  return (
    <Panel
      title={t('activity.calls.title')}
      aside={
        <div className="row">
          <StateMark tone={paused ? 'plain' : live.connected ? 'safe' : 'watch'}>
            {paused
              ? t('activity.calls.paused')
              : live.connected
                ? t('activity.calls.live')
                : t('activity.calls.joining')}
          </StateMark>
          <Button variant="default" onClick={() => setPaused(!paused)} aria-pressed={paused}>
            {paused ? t('activity.calls.goOn') : t('activity.calls.pause')}
          </Button>
        </div>
      }
    >
      <CallFilters filter={filter} />
      {live.skipped > 0 && <p className="small soft">{t('activity.calls.skipped', { count: live.skipped })}</p>}
      {(past.isPending || (stillLooking && calls.length === 0)) && <Skeleton rows={8} height={58} />}
      <ProblemNotice error={past.error} />
      {past.isSuccess && !stillLooking && calls.length === 0 && (
        <EmptyState
          text={filtered ? t('activity.calls.noneSuch') : t('activity.calls.none')}
          action={filtered ? <Link to="/activity">{t('activity.filters.clear')}</Link> : undefined}
        />
      )}
      <ul className={classes.calls}>
        {calls.map((call) => (
          <CallLine key={call.id} call={call} />
        ))}
      </ul>
      {past.hasNextPage && (
        <div>
          <Button variant="default" loading={past.isFetchingNextPage} onClick={() => past.fetchNextPage()}>
            {t('activity.calls.older')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
