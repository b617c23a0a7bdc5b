import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import type { AttackEvidence } from '../../../src/contracts/events/gateway-event.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { EXCLUDED_DAYS, useExclusions } from '../../shell/use-exclusions.ts';
import { attackTitle, fieldInWords } from '../../words/attack.ts';
import classes from './AttackSeen.module.css';

type Charge = AttackEvidence['charges'][number];

/** What the attack filter saw in a call: in which field, what it is in plain words, and a piece of it; and "this was honest". */
export function AttackSeen({ call }: { call: ActivityDetail }) {
  const { t } = useTranslation();
  const { honest } = useExclusions();
  const decision = call.decisions.find(({ policy, attack }) => policy === 'attack-filter' && attack !== undefined);
  if (decision?.attack === undefined) return null;
  const { charges, complete } = decision.attack;
  return (
    <Panel title={t('activity.attack.title')}>
      <ul className={classes.charges}>
        {charges.map((charge) => (
          <li key={`${charge.kind} ${charge.place} ${charge.technique}`}>
            <ChargeWords charge={charge} />
          </li>
        ))}
      </ul>
      {!complete && <p className="soft">{t('activity.attack.incomplete')}</p>}
      {decision.decision !== 'excepted' && (
        <div className="stack-tight not-printed">
          <div>
            <Button
              variant="default"
              loading={honest.isPending}
              disabled={honest.isSuccess}
              onClick={() => honest.mutate({ reference: call.id, days: EXCLUDED_DAYS })}
            >
              {t('activity.attack.honest')}
            </Button>
          </div>
          <p className="small soft">{t('activity.attack.honestThen')}</p>
          <ProblemNotice error={honest.error} />
        </div>
      )}
    </Panel>
  );
}

function ChargeWords({ charge }: { charge: Charge }) {
  const { t, i18n } = useTranslation();
  const { kind, technique, place, excerpt, undone, confidence } = charge;
  return (
    <div className="stack-tight">
      <p>
        <strong>{attackTitle(i18n, kind)}</strong> {t('activity.attack.in', { where: fieldInWords(t, place) })}
      </p>
      {i18n.exists(`attacks.${kind}.owner`) && <p>{t(`attacks.${kind}.owner`)}</p>}
      <p>
        {excerpt === '' ? t('activity.attack.secret') : t('activity.attack.piece')}{' '}
        {excerpt !== '' && <code className={classes.excerpt}>{excerpt}</code>}
      </p>
      <details>
        <summary>{t('activity.call.details')}</summary>
        {i18n.exists(`attacks.${kind}.developer`) && <p>{t(`attacks.${kind}.developer`)}</p>}
        <p>
          <code>
            {place}: {kind} ({technique}, {confidence})
          </code>
        </p>
        {undone.length > 0 && <p>{t('activity.attack.undone', { list: undone.join(', ') })}</p>}
      </details>
    </div>
  );
}
