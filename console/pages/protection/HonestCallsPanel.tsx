import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { forgetHonest, honestCallsQuery } from '../../api/attacks.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { attackTitle, fieldInWords } from '../../words/attack.ts';

/** Calls that were said to be honest; they are kept, so that a later version can be asked whether it still takes them for attacks. */
export function HonestCallsPanel() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const calls = useQuery(honestCallsQuery);
  const forget = useMutation({
    mutationFn: forgetHonest,
    onSuccess: () => client.invalidateQueries({ queryKey: honestCallsQuery.queryKey }),
  });
  if (calls.data === undefined || calls.data.length === 0) return null;
  return (
    <Panel title={t('protection.honestCalls.title')}>
      <p className="soft">{t('protection.honestCalls.text')}</p>
      <p>
        <code>{'nightlatch inspect --cases'}</code>
      </p>
      <ProblemNotice error={forget.error} />
      <LineList>
        {calls.data.map(({ reference, kept, service, route, charges }) => {
          const [first] = charges;
          const title = attackTitle(i18n, first?.kind ?? '');
          const what = t('protection.attack.what', {
            ...{ title, route, api: service },
            where: fieldInWords(t, first?.place ?? ''),
          });
          return (
            <LineList.Line
              key={reference}
              main={what}
              under={
                <>
                  <Moment at={kept} /> ·{' '}
                  <Link to="/activity/calls/$reference" params={{ reference }}>
                    {t('protection.theCalls', { count: 1 })}
                  </Link>
                </>
              }
              deed={
                <Button
                  variant="default"
                  loading={forget.isPending && forget.variables === reference}
                  onClick={() => forget.mutate(reference)}
                  aria-label={t('protection.honestCalls.forgetOf', { what })}
                >
                  {t('protection.honestCalls.forget')}
                </Button>
              }
            />
          );
        })}
      </LineList>
    </Panel>
  );
}
