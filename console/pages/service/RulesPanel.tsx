import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Route, Service } from '../../../src/contracts/api/front-door.ts';
import type { Settings } from '../../../src/contracts/api/settings.ts';
import { addRoute, removeRoute } from '../../api/front-door.ts';
import { changeSettings, settingsQuery } from '../../api/settings.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { ruleName } from '../../words/rule-name.ts';
import { RuleInWords } from './RuleInWords.tsx';

/** What has to be known to put a rule back. */
type Removed = { rule: Route; settings: Settings };

/** Who may call what. A removed rule can be put back at once. */
export function RulesPanel({ service, rules }: { service: Service; rules: Route[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const refresh = () => client.invalidateQueries({ queryKey: ['services'] });
  const putBack = useMutation({
    mutationFn: async ({ rule, settings }: Removed) => {
      const { id: _, routeId: __, serviceId, ...input } = rule;
      const { route, change } = await addRoute(serviceId, input);
      return Object.keys(settings).length === 0 ? { change } : changeSettings({ of: 'route', id: route.id }, settings);
    },
    onSuccess: async ({ change }) => {
      sayChange(t('rules.putBack'), change);
      await refresh();
    },
  });
  const remove = useMutation({
    mutationFn: async (rule: Route) => {
      const settings = await client.fetchQuery(settingsQuery<Settings>({ of: 'route', id: rule.id }));
      return { settings, ...(await removeRoute(rule.id)) };
    },
    onSuccess: async ({ settings, change }, rule) => {
      sayChange(t('rules.removed'), change, () => putBack.mutate({ rule, settings }));
      await refresh();
    },
  });
  const add = (
    <Button
      renderRoot={(props) => (
        <Link to="/front-door/apis/$serviceId/rules/new" params={{ serviceId: service.id }} {...props} />
      )}
    >
      {t('rules.add')}
    </Button>
  );
  return (
    <Panel
      title={
        <>
          {t('rules.title')} <Term id="rule">{t('rules.term')}</Term>
        </>
      }
    >
      <p className="soft">{t('rules.everythingElse')}</p>
      <ProblemNotice error={remove.error ?? putBack.error} />
      {rules.length === 0 ? (
        <EmptyState text={t('rules.empty')} action={add} />
      ) : (
        <>
          <LineList>
            {rules.map((rule) => (
              <LineList.Line
                key={rule.id}
                main={<RuleInWords.Title rule={rule} />}
                under={<RuleInWords rule={rule} />}
                deed={
                  <div className="row">
                    <Button
                      variant="default"
                      renderRoot={(props) => (
                        <Link
                          to="/front-door/apis/$serviceId/rules/$ruleId"
                          params={{ serviceId: service.id, ruleId: rule.id }}
                          {...props}
                        />
                      )}
                      aria-label={t('rules.changeNamed', { name: ruleName(rule) })}
                    >
                      {t('rules.change')}
                    </Button>
                    <Button
                      variant="subtle"
                      color="stop"
                      aria-label={t('rules.removeNamed', { name: ruleName(rule) })}
                      onClick={() => remove.mutate(rule)}
                      disabled={remove.isPending}
                    >
                      {t('rules.remove')}
                    </Button>
                  </div>
                }
              />
            ))}
          </LineList>
          <div>{add}</div>
        </>
      )}
    </Panel>
  );
}
