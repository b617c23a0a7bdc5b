import { useTranslation } from 'react-i18next';
import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import { Moment } from '../../parts/Moment.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { explain, outcomeOf } from '../../words/denial.ts';
import { lengthInWords } from '../../words/moment.ts';
import { scopesInWords } from '../../words/scope.ts';
import { OUTCOME_TONE } from '../activity/CallLine.tsx';
import { AttackSeen } from './AttackSeen.tsx';
import { CallDecisions } from './CallDecisions.tsx';
import { CallDeeds } from './CallDeeds.tsx';
import classes from './CallExplained.module.css';
import { CallFacts } from './CallFacts.tsx';

/** How webhooks stand in the record as callers: webhook:stripe. */
const WEBHOOK = 'webhook:';

type Props = { call: ActivityDetail; back: { to: '/activity'; label: string } };

/** What we saw, most likely, what to do; the developer's exact terms behind one more tap. */
export function CallExplained({ call, back }: Props) {
  const { t, i18n } = useTranslation();
  const outcome = outcomeOf(call);
  const words = explain(t, call);
  const who = call.consumer ?? t('words.who.stranger', { address: call.address });
  const outbound = call.direction === 'outbound';
  const ban = call.decisions.find(({ policy, decision }) => policy === 'bans' && decision === 'deny');
  const vendor = call.service ?? t('activity.calls.noVendor');
  const scopes = (list: string[]) => scopesInWords(t, list, i18n.language);
  return (
    <article className={classes.call}>
      <PageHead title={t(`activity.call.${outbound ? 'titleOut' : 'title'}.${outcome}`)} back={back}>
        <div className="row">
          <StateMark tone={OUTCOME_TONE[outcome]}>{t(`words.outcome.${outcome}`)}</StateMark>
          <span className="soft">
            <Moment at={call.time} />
          </span>
          {outbound && <span>{t('activity.call.youMake', { vendor })}</span>}
        </div>
      </PageHead>
      <dl className={classes.words}>
        <dt>{t('activity.call.saw')}</dt>
        <dd>
          {words?.saw ??
            (call.code === null
              ? t(`activity.call.${outcome === 'failed' ? 'faultSaw' : 'letInSaw'}${outbound ? 'Out' : ''}`, {
                  who,
                  vendor,
                  what: `${call.method} ${call.path}`,
                  status: call.status,
                  length: lengthInWords(t, i18n.language, call.durationMs),
                })
              : t('activity.call.unknownCode', { code: call.code }))}
          {call.code === 'scope-missing' && call.neededScopes.length > 0 && (
            <p>
              {t('activity.call.needs', {
                needed: scopes(call.neededScopes),
                has: call.keyScopes.length === 0 ? t('activity.call.hasNothing') : scopes(call.keyScopes),
              })}
            </p>
          )}
          {call.code !== null && (
            <p className="soft">
              {call.similarLastDay === 0
                ? t('activity.call.firstTime')
                : t('activity.call.similar', { count: call.similarLastDay })}
            </p>
          )}
          {call.consumer?.startsWith(WEBHOOK) && (
            <p>{t('activity.call.webhook', { name: call.consumer.slice(WEBHOOK.length) })}</p>
          )}
          {ban?.detail !== undefined && <p>{t('activity.call.banned', { reason: ban.detail })}</p>}
          {call.aborted !== null && (
            <p>
              {call.aborted === 'client'
                ? t('activity.call.callerLeft')
                : t(`activity.call.${outbound ? 'vendorLeft' : 'upstreamLeft'}`)}
            </p>
          )}
        </dd>
        {words !== null && (
          <>
            <dt>{t('activity.call.likely')}</dt>
            <dd>{words.likely}</dd>
            <dt>{t('activity.call.todo')}</dt>
            <dd>
              {words.todo}
              <CallDeeds call={call} />
            </dd>
          </>
        )}
      </dl>
      <AttackSeen call={call} />
      <CallDecisions call={call} />
      <CallFacts call={call} developer={words?.developer ?? null} />
    </article>
  );
}
