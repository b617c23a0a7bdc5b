import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import { Notice } from '../../parts/Notice.tsx';
import { whyInWords } from '../../words/finding.ts';
import { LetThrough } from './LetThrough.tsx';

type Decision = ActivityDetail['decisions'][number];

const WOULD: ReadonlySet<string> = new Set(['would-deny', 'would-change']);

/** What happened besides letting in or turning away: what was covered, noticed, let through, only watched; and what it held. */
export function CallDecisions({ call }: { call: ActivityDetail }) {
  const { t } = useTranslation();
  const of = (...kinds: Decision['decision'][]) => call.decisions.filter(({ decision }) => kinds.includes(decision));
  const would = call.decisions.filter(({ decision }) => WOULD.has(decision));
  const done = of('changed', 'noticed', 'excepted');
  return (
    <>
      {would.length > 0 && (
        <Notice tone="watch" title={t('activity.call.wouldHave')}>
          <Reasons decisions={would} />
          <div className="row not-printed">
            {call.code === null && <LetThrough call={call} />}
            <Link to="/front-door/protection">{t('activity.call.toProtection')}</Link>
          </div>
        </Notice>
      )}
      {done.map((decision) => (
        <Notice
          key={`${decision.policy} ${decision.decision}`}
          tone={decision.decision === 'changed' ? 'safe' : 'watch'}
          title={t(`activity.call.said.${decision.decision}`)}
        >
          <Reasons decisions={[decision]} />
          {decision.decision === 'changed' && call.code === null && would.length === 0 && (
            <div className="row not-printed">
              <LetThrough call={call} />
            </div>
          )}
          {decision.decision === 'excepted' && (
            <Link to="/front-door/protection/exceptions">{t('activity.call.toExceptions')}</Link>
          )}
        </Notice>
      ))}
      <Personal call={call} />
    </>
  );
}

function Reasons({ decisions }: { decisions: Decision[] }) {
  const { i18n } = useTranslation();
  return (
    <ul>
      {decisions.map((decision) => {
        const faults = decision.places === undefined ? [null] : (decision.detail ?? '').split('; ');
        const code = decision.code ?? null;
        return faults.map((about) => (
          <li key={`${decision.policy} ${about}`}>{whyInWords(i18n, { about, code, policy: decision.policy })}</li>
        ));
      })}
    </ul>
  );
}

/** "The answer held 3 e-mail addresses and 1 phone number." */
function Personal({ call }: { call: ActivityDetail }) {
  const { t, i18n } = useTranslation();
  const kinds = Object.entries(call.personal);
  if (kinds.length === 0) return null;
  const words = kinds.map(([kind, count]) =>
    t(`activity.call.personal.${kind}`, { count, defaultValue: `${count} ${kind}` }),
  );
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(words);
  return <p>{t('activity.call.held', { list })}</p>;
}
