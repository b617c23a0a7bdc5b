import { useTranslation } from 'react-i18next';
import type { ConfigPlan } from '../../../src/contracts/api/configuration.ts';
import { Notice } from '../../parts/Notice.tsx';
import { RefusedCallers } from './RefusedCallers.tsx';

/** What a configuration would change, in plain lines, and whom of the last days it would have turned away. */
export function PlanShown({ plan }: { plan: ConfigPlan }) {
  const { t } = useTranslation();
  const { changes, days, turnedAwayCalls } = plan;
  if (changes.length === 0) return <Notice tone="safe" title={t('configuration.plan.nothing')} />;
  const seen = t('configuration.plan.seen', { count: plan.calls });
  const estimated = plan.estimated > 0 && <p>{t('configuration.plan.estimated', { count: plan.estimated })}</p>;
  return (
    <section className="stack" aria-label={t('configuration.plan.title')}>
      {turnedAwayCalls === 0 ? (
        <Notice tone="safe" title={t('configuration.plan.nobody', { count: days })}>
          <p>{seen}</p>
          {estimated}
        </Notice>
      ) : (
        <Notice tone="watch" title={t('configuration.plan.someone', { count: turnedAwayCalls, days })}>
          <p>{seen}</p>
          {estimated}
        </Notice>
      )}
      {turnedAwayCalls > 0 && <RefusedCallers plan={plan} />}
      <Lines title={t('configuration.plan.changes')} lines={changes} />
      {plan.unknown.length > 0 && <Lines title={t('configuration.plan.unknown')} lines={plan.unknown} />}
    </section>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div className="stack-tight">
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
