import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endSession, sessionsQuery } from '../../api/account.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { useSaid } from '../../shell/Said.tsx';

export function SessionsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say } = useSaid();
  const sessions = useQuery(sessionsQuery);
  const said = (text: string) => async () => {
    say({ tone: 'safe', text });
    await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  };
  const end = useMutation({ mutationFn: endSession, onSuccess: said(t('account.sessions.ended')) });
  const endOthers = useMutation({ mutationFn: endOtherSessions, onSuccess: said(t('account.sessions.othersEnded')) });
  return (
    <div className="stack-wide">
      <PageHead title={t('account.sessions.title')} back={{ to: '/more', label: t('more.title') }}>
        <p className="soft">{t('account.sessions.text')}</p>
      </PageHead>
      <Panel title={t('account.sessions.places')}>
        <Loaded query={sessions} rows={2} height={64}>
          {(list) => (
            <>
              <LineList>
                {list.map((session) => (
                  <LineList.Line
                    key={session.id}
                    main={
                      <>
                        <span>{t('account.sessions.line', { device: session.device, address: session.address })}</span>
                        {session.current && <StateMark tone="safe">{t('account.sessions.here')}</StateMark>}
                      </>
                    }
                    under={
                      <>
                        {t('account.sessions.since')} <Moment at={session.createdAt} />, {t('account.sessions.seen')}{' '}
                        <Moment at={session.lastSeenAt} />
                      </>
                    }
                    deed={
                      !session.current && (
                        <Button
                          variant="default"
                          onClick={() => end.mutate(session.id)}
                          aria-label={t('account.sessions.endNamed', { device: session.device })}
                        >
                          {t('account.sessions.end')}
                        </Button>
                      )
                    }
                  />
                ))}
              </LineList>
              <ProblemNotice error={end.error ?? endOthers.error} />
              {list.length > 1 && (
                <div>
                  <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
                    {t('account.sessions.endOthers')}
                  </Button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </Panel>
    </div>
  );
}
