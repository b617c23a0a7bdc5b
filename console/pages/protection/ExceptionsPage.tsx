import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Exception } from '../../../src/contracts/api/settings.ts';
import { endException, exceptionsQuery } from '../../api/protections.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { exceptionInWords } from '../../words/exception.ts';
import { lengthOfTime } from '../../words/finding.ts';
import { ExclusionsPanel } from './ExclusionsPanel.tsx';
import { HonestCallsPanel } from './HonestCallsPanel.tsx';

/** Every exception in force: what it allows, when it ends, and a way to end it now. */
export function ExceptionsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const exceptions = useQuery(exceptionsQuery);
  const end = useMutation({
    mutationFn: (one: Exception) => endException(one.id),
    onSuccess: async ({ change }) => {
      sayChange(t('protection.exceptions.ended'), change);
      await client.invalidateQueries({ queryKey: ['exceptions'] });
    },
  });
  return (
    <div className="stack-wide">
      <PageHead
        title={t('protection.exceptions.title')}
        back={{ to: '/front-door/protection', label: t('protection.title') }}
      >
        <p className="soft">{t('protection.exceptions.text')}</p>
      </PageHead>
      <ProblemNotice error={end.error} />
      <Loaded query={exceptions} rows={2} height={84}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState text={t('protection.exceptions.none')} />
          ) : (
            <Panel title={t('protection.exceptions.listed')}>
              <LineList>
                {list.map((one) => (
                  <Line
                    key={one.id}
                    exception={one}
                    busy={end.isPending && end.variables.id === one.id}
                    onEnd={() => end.mutate(one)}
                  />
                ))}
              </LineList>
            </Panel>
          )
        }
      </Loaded>
      <ExclusionsPanel />
      <HonestCallsPanel />
    </div>
  );
}

function Line({ exception, busy, onEnd }: { exception: Exception; busy: boolean; onEnd: () => void }) {
  const { t, i18n } = useTranslation();
  const what = exceptionInWords(i18n, exception);
  const length = lengthOfTime(t, Date.parse(exception.expires) - Date.now());
  const { reason } = exception;
  return (
    <LineList.Line
      main={what}
      under={
        <>
          {t('protection.exceptions.ends', { length })}
          {reason !== undefined && <> · {t('protection.exceptions.reason', { reason })}</>}
        </>
      }
      deed={
        <Button
          variant="default"
          loading={busy}
          onClick={onEnd}
          aria-label={t('protection.exceptions.endNowOf', { what })}
        >
          {t('protection.exceptions.endNow')}
        </Button>
      }
    />
  );
}
