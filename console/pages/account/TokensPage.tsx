import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiToken } from '../../../src/contracts/api/account.ts';
import { revokeToken, tokensQuery } from '../../api/account.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { NewToken } from './NewToken.tsx';

export function TokensPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say } = useSaid();
  const tokens = useQuery(tokensQuery);
  const [asked, setAsked] = useState<ApiToken | null>(null);
  const revoke = useMutation({
    mutationFn: (token: ApiToken) => revokeToken(token.id),
    onSuccess: async () => {
      setAsked(null);
      say({ tone: 'safe', text: t('account.tokens.revoked') });
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  return (
    <div className="stack-wide">
      <PageHead title={t('account.tokens.title')} back={{ to: '/more', label: t('more.title') }}>
        <p className="soft">
          {t('account.tokens.text')} <Term id="token">{t('glossary.token.name')}</Term>
        </p>
      </PageHead>
      <Panel title={t('account.tokens.list')}>
        <Loaded query={tokens} rows={1} height={72}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState text={t('account.tokens.empty')} />
            ) : (
              <LineList>
                {list.map((token) => (
                  <LineList.Line
                    key={token.id}
                    main={token.name}
                    under={<TokenUse of={token} />}
                    deed={
                      <Button
                        variant="default"
                        onClick={() => setAsked(token)}
                        aria-label={t('account.tokens.revokeNamed', { name: token.name })}
                      >
                        {t('account.tokens.revoke')}
                      </Button>
                    }
                  />
                ))}
              </LineList>
            )
          }
        </Loaded>
      </Panel>
      <NewToken />
      <Confirm
        opened={asked !== null}
        title={t('account.tokens.revokeTitle', { name: asked?.name })}
        action={t('account.tokens.revoke')}
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => asked !== null && revoke.mutate(asked)}
        onClose={() => setAsked(null)}
      >
        <p>{t('account.tokens.revokeText')}</p>
      </Confirm>
    </div>
  );
}

function TokenUse({ of: token }: { of: ApiToken }) {
  const { t } = useTranslation();
  return (
    <>
      {token.access === 'read' ? t('account.tokens.read') : t('account.tokens.change')}
      {' · '}
      {token.lastUsedAt === null ? (
        t('account.tokens.neverUsed')
      ) : (
        <>
          {t('account.tokens.used')} <Moment at={token.lastUsedAt} />
        </>
      )}
      {' · '}
      {token.expiresAt === null ? (
        t('account.tokens.forever')
      ) : (
        <>
          {t('account.tokens.until')} <Moment at={token.expiresAt} />
        </>
      )}
    </>
  );
}
