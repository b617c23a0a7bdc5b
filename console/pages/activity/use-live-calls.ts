import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ActivityEvent } from '../../../src/contracts/api/activity.ts';
import type { CallFilter } from '../../api/activity.ts';
import { matchesFilter } from './matches-filter.ts';

const KEPT = 200;

type Live = { calls: ActivityEvent[]; skipped: number; connected: boolean };
const NOTHING: Live = { calls: [], skipped: 0, connected: false };

/**
 * New calls as they come in (newest first), those that pass the filter. While paused nothing is listened to; on going on, and
 * whenever the line was broken, the list is asked again, so that nothing is missing in between.
 */
export function useLiveCalls(filter: CallFilter, paused: boolean): Live {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>(NOTHING);
  const wanted = JSON.stringify(filter);
  useEffect(() => {
    if (paused) return;
    const passes: CallFilter = JSON.parse(wanted);
    setLive(NOTHING);
    const source = new EventSource('/api/activity/stream');
    source.addEventListener('open', () => {
      setLive((now) => ({ ...now, connected: true }));
      void client.invalidateQueries({ queryKey: ['calls'] });
    });
    source.addEventListener('error', () => setLive((now) => ({ ...now, connected: false })));
    source.addEventListener('call', (event) => {
      const call: ActivityEvent = JSON.parse(event.data);
      if (!matchesFilter(call, passes)) return;
      setLive((now) => ({ ...now, calls: [call, ...now.calls].slice(0, KEPT) }));
    });
    source.addEventListener('skipped', (event) => {
      const { count }: { count: number } = JSON.parse(event.data);
      setLive((now) => ({ ...now, skipped: now.skipped + count }));
    });
    return () => source.close();
  }, [wanted, paused, client]);
  return live;
}
