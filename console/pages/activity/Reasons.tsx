import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActivitySummary } from '../../../src/contracts/api/activity.ts';
import { reasonInWords } from '../../words/denial.ts';
import { regional } from '../../words/moment.ts';
import classes from './Reasons.module.css';

/** Why callers were turned away, most frequent first, each with its share of all reasons as a bar. */
export function Reasons({ reasons, total }: { reasons: ActivitySummary['reasons']; total: number }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => new Intl.NumberFormat(regional(i18n.language)).format(value);
  if (reasons.length === 0) return <p className="soft">{t('activity.reasons.empty')}</p>;
  const most = Math.max(...reasons.map(({ count }) => count));
  return (
    <ul className={classes.reasons}>
      {reasons.map(({ code, count }) => (
        <li key={code}>
          <Link to="/activity" search={{ code }} className={classes.reason}>
            {reasonInWords(t, code)}
          </Link>
          <span className={classes.count}>
            {t('activity.reasons.of', { count: number(count), total: number(total) })}
          </span>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" className={classes.bar} aria-hidden="true">
            <rect width={(count / most) * 100} height="4" />
          </svg>
        </li>
      ))}
    </ul>
  );
}
