import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FrontDoorState } from '../../../src/contracts/api/front-door.ts';
import { daySummaryQuery } from '../../api/activity.ts';
import { House } from '../../parts/House.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { houseState } from '../../shell/house-state.ts';
import { regional } from '../../words/moment.ts';
import classes from './DoorPicture.module.css';

/** The house with its lamp and, beside it, the same in words. */
export function DoorPicture({ door, services }: { door: FrontDoorState; services: number }) {
  const { t, i18n } = useTranslation();
  const day = useQuery(daySummaryQuery());
  const state = houseState(door, services);
  const inPart = state === 'locked' && door.lock.routes !== 'all';
  const addresses = [...new Set(door.gateways.filter((one) => one.connected).flatMap((one) => one.addresses))];
  const number = (value: number) => new Intl.NumberFormat(regional(i18n.language)).format(value);
  return (
    <div className={classes.night}>
      <div className={classes.picture}>
        <House state={state} />
      </div>
      <div className={classes.words}>
        <PageHead title={inPart ? t('frontDoor.partLocked.title') : t(`frontDoor.state.${state}.title`)} />
        <p className={classes.text}>{inPart ? t('frontDoor.partLocked.text') : t(`frontDoor.state.${state}.text`)}</p>
        {addresses.length > 0 && (
          <p className={classes.text}>
            {t('frontDoor.callsComeIn')} <code className={classes.address}>{addresses.join(', ')}</code>
          </p>
        )}
        <p className={classes.day}>
          {day.data === undefined
            ? ' '
            : day.data.total === 0
              ? t('frontDoor.day.quiet')
              : t('frontDoor.day.calls', {
                  count: day.data.total,
                  total: number(day.data.total),
                  away: number(day.data.turnedAway),
                })}{' '}
          {day.data !== undefined && day.data.total > 0 && <Link to="/activity">{t('frontDoor.day.more')}</Link>}
        </p>
      </div>
    </div>
  );
}
