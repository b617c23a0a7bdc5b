import { useTranslation } from 'react-i18next';
import type { Protection } from '../../../src/contracts/api/protections.ts';
import { regional } from '../../words/moment.ts';
import classes from './Protection.module.css';

const HEIGHT = 64;
const STEP = 40;
const BAR = 26;

/** A bar for each day: what would have been stopped below, what was stopped on top. The numbers stand above the bars. */
export function DaysPicture({ days }: { days: Protection['days'] }) {
  const { t, i18n } = useTranslation();
  const most = Math.max(1, ...days.map(({ would, stopped }) => would + stopped));
  const tall = (count: number) => (count === 0 ? 0 : Math.max(3, (count / most) * HEIGHT));
  const weekday = new Intl.DateTimeFormat(regional(i18n.language), { weekday: 'short', timeZone: 'UTC' });
  const words = days
    .filter(({ would, stopped }) => would + stopped > 0)
    .map(({ day, would, stopped }) => `${weekday.format(new Date(day))}: ${would + stopped}`);
  return (
    <svg
      viewBox={`0 0 ${days.length * STEP} ${HEIGHT + 40}`}
      className={classes.picture}
      role="img"
      aria-label={t('protection.picture', { days: words.join(', ') })}
    >
      {days.map(({ day, would, stopped }, index) => {
        const x = index * STEP + (STEP - BAR) / 2;
        const low = tall(would);
        const high = tall(stopped);
        return (
          <g key={day}>
            <rect className={classes.would} x={x} y={20 + HEIGHT - low} width={BAR} height={low} />
            <rect className={classes.stopped} x={x} y={20 + HEIGHT - low - high} width={BAR} height={high} />
            {would + stopped > 0 && (
              <text x={x + BAR / 2} y={14 + HEIGHT - low - high}>
                {would + stopped}
              </text>
            )}
            <text x={x + BAR / 2} y={HEIGHT + 36}>
              {weekday.format(new Date(day))}
            </text>
          </g>
        );
      })}
      <path d={`M0 ${HEIGHT + 20.5}H${days.length * STEP}`} className={classes.floor} />
    </svg>
  );
}
