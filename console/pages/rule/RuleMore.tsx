import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Route } from '../../../src/contracts/api/front-door.ts';
import { settingsQuery } from '../../api/settings.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { TextLink } from '../../parts/TextLink.tsx';
import { AttackPanel } from './AttackPanel.tsx';
import { FieldsPanel } from './FieldsPanel.tsx';
import { MoreLimitsPanel } from './MoreLimitsPanel.tsx';
import { OwnershipPanel } from './OwnershipPanel.tsx';
import type { RuleSettings } from './rule-settings.ts';
import { SwitchesPanel } from './SwitchesPanel.tsx';
import { WaysPanel } from './WaysPanel.tsx';

/** What else a rule can say; each part is saved by itself. */
export function RuleMore({ rule }: { rule: Route }) {
  const { t } = useTranslation();
  const { id, path, auth } = rule;
  const settings = useQuery(settingsQuery<RuleSettings>({ of: 'route', id }));
  // A part that was changed, or put back, is shown as it now is.
  const as = (part: unknown) => JSON.stringify(part) ?? '';
  return (
    <>
      <h2>{t('rule.heading')}</h2>
      <Loaded query={settings} rows={3} height={140}>
        {(all) => (
          <>
            <FieldsPanel key={`fields ${as(all.validate)}`} routeId={id} validate={all.validate} />
            {auth === 'key' && (
              <>
                <OwnershipPanel key={`owner ${as(all.ownership)}`} routeId={id} path={path} ownership={all.ownership} />
                <WaysPanel key={`ways ${as(all.auth)}`} routeId={id} auth={all.auth} />
              </>
            )}
            <MoreLimitsPanel
              key={`limits ${as([all.rateLimit, all.concurrency])}`}
              routeId={id}
              rateLimit={all.rateLimit}
              concurrency={all.concurrency}
            />
            <AttackPanel key={`attacks ${as(all.attackFilter)}`} routeId={id} filter={all.attackFilter} />
            <SwitchesPanel
              key={`more ${as([all.loginProtection, all.allowEncodedSlash, all.limits])}`}
              routeId={id}
              settings={all}
            />
          </>
        )}
      </Loaded>
      <TextLink search={{ of: 'route', id, part: 'validate' }} />
    </>
  );
}
