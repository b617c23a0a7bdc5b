import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createKey, keysQuery, scopesQuery } from '../../api/front-door.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { nameFrom } from '../../words/name.ts';
import { KeyMade } from './KeyMade.tsx';
import { ScopeTicks } from './ScopeTicks.tsx';

const LIFETIMES = ['30', '90', '365', 'never'] as const;
const DAY_MS = 86_400_000;

export function NewKeyPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const scopes = useQuery(scopesQuery);
  const keys = useQuery(keysQuery);
  const [who, setWho] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [lifetime, setLifetime] = useState<(typeof LIFETIMES)[number]>('365');
  const consumer = nameFrom(who);
  const make = useMutation({
    mutationFn: () =>
      createKey({
        consumer,
        scopes: chosen,
        expiresAt: lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString(),
      }),
    onSuccess: async ({ change }) => {
      sayChange(t('keys.made', { consumer }), change);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  const back = { to: '/front-door/keys', label: t('keys.title') } as const;
  if (make.data !== undefined) {
    return (
      <div className="stack-wide">
        <PageHead key="made" title={t('keys.madeTitle', { consumer: make.data.key.consumer })} back={back} />
        <KeyMade made={make.data} />
      </div>
    );
  }
  const holders = [...new Set(keys.data?.map((key) => key.consumer) ?? [])].sort();
  return (
    <div className="stack-wide">
      <PageHead title={t('keys.newTitle')} back={back} />
      <form
        className="stack-wide"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Panel title={t('keys.who')}>
          <TextInput
            aria-label={t('keys.who')}
            description={consumer === '' ? t('keys.whoHint') : t('keys.whoName', { name: consumer })}
            value={who}
            onChange={(event) => setWho(event.currentTarget.value)}
            list="key-holders"
            autoComplete="off"
            maxLength={64}
          />
          <datalist id="key-holders">
            {holders.map((holder) => (
              <option key={holder} value={holder} />
            ))}
          </datalist>
        </Panel>
        <Panel title={<Term id="scope">{t('keys.newWhat')}</Term>}>
          <Loaded query={scopes} rows={3} height={44}>
            {(inUse) => <ScopeTicks inUse={inUse} chosen={chosen} onChange={setChosen} />}
          </Loaded>
        </Panel>
        <Panel title={t('keys.howLong')}>
          <NativeSelect
            aria-label={t('keys.howLong')}
            description={t('keys.howLongHint')}
            value={lifetime}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setLifetime(LIFETIMES.find((one) => one === value) ?? '365');
            }}
            data={LIFETIMES.map((value) => ({ value, label: t(`keys.lifetime.${value}`) }))}
          />
        </Panel>
        <ProblemNotice error={make.error} />
        <div>
          <Button type="submit" loading={make.isPending} disabled={consumer === ''}>
            {t('keys.make')}
          </Button>
        </div>
      </form>
    </div>
  );
}
