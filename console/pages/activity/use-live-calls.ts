import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ActivityEvent } from '../../../src/contracts/api/activity.ts';
import type { CallFilter } from '../../api/activity.ts';
import { matchesFilter } from './matches-filter.ts';

/** So many stand above the fetched list; then the list is fetched again and they are part of it. */
const KEPT = 30;

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
    const above: ActivityEvent[] = [];
    let settling = false;
    const settle = async () => {
      if (settling) return;
      settling = true;
      const held = above.length;
      await client.invalidateQueries({ queryKey: ['calls'] });
      above.splice(above.length - held, held);
      settling = false;
      setLive((now) => ({ ...now, calls: [...above] }));
    };
    const source = new EventSource('/api/activity/stream');
    source.addEventListener('open', () => {
      setLive((now) => ({ ...now, connected: true }));
      void settle();
    });
    source.addEventListener('error', () => setLive((now) => ({ ...now, connected: false })));
    source.addEventListener('call', (event) => {
      const call: ActivityEvent = JSON.parse(event.data);
      if (!matchesFilter(call, passes)) return;
      above.unshift(call);
      setLive((now) => ({ ...now, calls: [...above] }));
      if (above.length > KEPT) void settle();
    });
    source.addEventListener('skipped', (event) => {
      const { count }: { count: number } = JSON.parse(event.data);
      setLive((now) => ({ ...now, skipped: now.skipped + count }));
    });
    return () => source.close();
  }, [wanted, paused, client]);
  return live;
}
