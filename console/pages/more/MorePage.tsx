import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signOut, useConsoleState } from '../../api/state.ts';
import { LineList } from '../../parts/LineList.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { StateMark } from '../../parts/StateMark.tsx';

const PLACES: { to: NonNullable<LinkProps['to']>; name: string; text: string }[] = [
  { to: '/more/sign-in', name: 'account.steps.title', text: 'more.signInText' },
  { to: '/more/signed-in', name: 'account.sessions.title', text: 'more.sessionsText' },
  { to: '/more/history', name: 'audit.title', text: 'more.historyText' },
  { to: '/more/appearance', name: 'more.appearance.title', text: 'more.appearanceText' },
  { to: '/more/tokens', name: 'account.tokens.title', text: 'more.tokensText' },
  { to: '/more/configuration', name: 'configuration.title', text: 'more.configurationText' },
];

export function MorePage() {
  const { t } = useTranslation();
  const { account, version } = useConsoleState();
  const client = useQueryClient();
  // The shell leads to the sign-in page as soon as nobody is signed in.
  const leave = useMutation({ mutationFn: () => signOut(client) });
  return (
    <div className="stack-wide">
      <PageHead title={t('more.title')}>
        <p className="soft">{t('more.who', { name: account?.name, email: account?.email })}</p>
      </PageHead>
      <Panel title={t('more.settings')}>
        <LineList>
          {PLACES.map(({ to, name, text }) => (
            <LineList.Line
              key={name}
              main={
                <>
                  <Link to={to}>{t(name)}</Link>
                  {to === '/more/sign-in' && account?.totpEnabled === false && (
                    <StateMark tone="watch">{t('more.noExtraStep')}</StateMark>
                  )}
                </>
              }
              under={t(text)}
            />
          ))}
        </LineList>
      </Panel>
      <ProblemNotice error={leave.error} />
      <div className="row-apart">
        <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          {t('more.signOut')}
        </Button>
        <p className="small soft">{t('more.version', { version })}</p>
      </div>
    </div>
  );
}
