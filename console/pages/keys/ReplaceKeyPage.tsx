import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Key, KeyReplaced } from '../../../src/contracts/api/front-door.ts';
import { keysQuery, replaceKey } from '../../api/front-door.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { remainingInWords } from '../../words/remaining.ts';
import { KeyMade } from './KeyMade.tsx';
import { KeyUse } from './KeyUse.tsx';

/** Hours for which the old key goes on. */
const OVERLAPS = ['72', '24', '168', '336', '720', '0'] as const;
const back = { to: '/front-door/keys' } as const;

/** A new key for the same caller, while the old one still works for a chosen time. */
export function ReplaceKeyPage() {
  const { t } = useTranslation();
  const { keyId = '' } = useParams({ strict: false });
  const keys = useQuery(keysQuery);
  const [made, setMade] = useState<KeyReplaced | null>(null);
  if (made !== null) return <Made made={made} />;
  return (
    <Loaded query={keys} rows={2} height={84}>
      {(list) => {
        const key = list.find((one) => one.id === keyId);
        if (key === undefined || key.revokedAt !== null || key.replacedBy !== null) {
          return (
            <div className="stack-wide">
              <PageHead title={t('keys.replace')} back={{ ...back, label: t('keys.title') }} />
              <Notice tone="watch">
                <p>{t('keys.replaceGone')}</p>
              </Notice>
            </div>
          );
        }
        return <Form old={key} onMade={setMade} />;
      }}
    </Loaded>
  );
}

function Form({ old, onMade }: { old: Key; onMade: (made: KeyReplaced) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]>('72');
  const replace = useMutation({
    mutationFn: () => replaceKey(old.id, Number(overlap)),
    onSuccess: async (done) => {
      sayChange(t('keys.replaced', { consumer: old.consumer }), done.change);
      onMade(done);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  return (
    <form
      className="stack-wide"
      onSubmit={(event) => {
        event.preventDefault();
        replace.mutate();
      }}
    >
      <PageHead title={t('keys.replaceTitle', { consumer: old.consumer })} back={{ ...back, label: t('keys.title') }}>
        <p className="soft">{t('keys.replaceText')}</p>
      </PageHead>
      <Panel title={t('keys.oldKey')}>
        <p>
          <code>{old.hint}</code>
          <br />
          <KeyUse of={old} />
        </p>
      </Panel>
      <Panel title={t('keys.overlap')}>
        <NativeSelect
          aria-label={t('keys.overlap')}
          description={t('keys.overlapHint')}
          value={overlap}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setOverlap(OVERLAPS.find((one) => one === value) ?? '72');
          }}
          data={OVERLAPS.map((value) => ({ value, label: t(`keys.overlaps.${value}`) }))}
        />
      </Panel>
      <ProblemNotice error={replace.error} />
      <div>
        <Button type="submit" loading={replace.isPending}>
          {t('keys.makeNew')}
        </Button>
      </div>
    </form>
  );
}

function Made({ made }: { made: KeyReplaced }) {
  const { t } = useTranslation();
  const { expiresAt, revokedAt } = made.old;
  const title = t('keys.madeTitle', { consumer: made.key.consumer });
  const left = revokedAt !== null || expiresAt === null ? null : Date.parse(expiresAt) - Date.now();
  return (
    <div className="stack-wide">
      <PageHead key="made" title={title} back={{ ...back, label: t('keys.title') }}>
        <p className="soft">
          {left === null ? t('keys.oldEnded') : t('keys.oldGoesOn', { span: remainingInWords(t, left) })}
        </p>
      </PageHead>
      <KeyMade made={made} />
    </div>
  );
}
