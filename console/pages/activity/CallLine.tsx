import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActivityEvent } from '../../../src/contracts/api/activity.ts';
import { StateMark, type Tone } from '../../parts/StateMark.tsx';
import { type Outcome, outcomeOf, reasonInWords } from '../../words/denial.ts';
import { clockTime, fullMoment, lengthInWords } from '../../words/moment.ts';
import classes from './CallLine.module.css';

export const OUTCOME_TONE: Record<Outcome, Tone> = { 'let-in': 'safe', 'turned-away': 'watch', failed: 'stop' };

/** One call on one line: what happened, to what, by whom, when. The whole line leads to its page. */
export function CallLine({ call }: { call: ActivityEvent }) {
  const { t, i18n } = useTranslation();
  const outcome = outcomeOf(call);
  const who = call.consumer ?? t('activity.calls.noKey');
  return (
    <li className={classes.line}>
      <Link to="/activity/calls/$reference" params={{ reference: call.id }} className={classes.link}>
        <span className={classes.what}>
          <code>
            {call.method} {call.path}
          </code>
          {call.direction === 'outbound' && (
            <span className="soft">
              {' '}
              {t('activity.calls.toVendor', { vendor: call.service ?? t('activity.calls.noVendor') })}
            </span>
          )}
        </span>
        <time className={classes.time} dateTime={call.time} title={fullMoment(i18n.language, call.time)}>
          {clockTime(i18n.language, call.time)}
        </time>
        <span className={classes.about}>
          <StateMark tone={OUTCOME_TONE[outcome]}>{t(`words.outcome.${outcome}`)}</StateMark>{' '}
          {call.would && (
            <>
              <StateMark tone="watch">{t('words.outcome.would-stop')}</StateMark>{' '}
            </>
          )}
          {call.code === null
            ? t('activity.calls.answered', {
                who,
                status: call.status,
                length: lengthInWords(t, i18n.language, call.durationMs),
              })
            : t(call.consumer === null ? 'activity.calls.refusedStranger' : 'activity.calls.refused', {
                reason: reasonInWords(t, call.code, call.direction),
                who,
                address: call.address,
              })}
        </span>
      </Link>
    </li>
  );
}
