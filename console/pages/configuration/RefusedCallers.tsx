import { useTranslation } from 'react-i18next';
import type { ConfigPlan, PlannedRefusal } from '../../../src/contracts/api/configuration.ts';
import { Moment } from '../../parts/Moment.tsx';
import { reasonInWords } from '../../words/denial.ts';
import classes from './RefusedCallers.module.css';

/** Who would have been turned away where and why, most calls first, each with a bar for how many. */
export function RefusedCallers({ plan }: { plan: ConfigPlan }) {
  const { t } = useTranslation();
  const most = Math.max(...plan.turnedAway.map(({ calls }) => calls));
  return (
    <div className="stack-tight">
      <h3>{t('configuration.plan.who')}</h3>
      <ul className={classes.list}>
        {plan.turnedAway.map((line) => (
          <li key={[line.consumer, line.address, line.service, line.route, line.code, line.detail].join(' ')}>
            <Line line={line} />
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" className={classes.bar} aria-hidden="true">
              <rect width={(line.calls / most) * 100} height="4" />
            </svg>
          </li>
        ))}
      </ul>
      {plan.more > 0 && <p className="soft">{t('configuration.plan.more', { count: plan.more })}</p>}
    </div>
  );
}

function Line({ line }: { line: PlannedRefusal }) {
  const { t } = useTranslation();
  const stranger =
    line.address === null ? t('configuration.plan.somebody') : t('words.who.stranger', { address: line.address });
  const calls = t('configuration.plan.count', { count: line.calls });
  return (
    <>
      <span>
        {t('configuration.plan.line', { who: line.consumer ?? stranger, reason: reasonInWords(t, line.code) })}
      </span>
      <span className={classes.count}>{line.estimated ? t('configuration.plan.about', { calls }) : calls}</span>
      <span className={classes.where}>
        <code>{line.route ?? t('configuration.plan.anywhere')}</code> · {t('configuration.plan.last')}{' '}
        <Moment at={line.last} />
      </span>
    </>
  );
}
