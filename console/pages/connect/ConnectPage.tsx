import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connectService, probeUpstream } from '../../api/front-door.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { nameFrom } from '../../words/name.ts';
import { ProbeWords } from './ProbeWords.tsx';
import { isUpstream } from './upstream-address.ts';

export function ConnectPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { sayChange } = useSaid();
  const [upstream, setUpstream] = useState('');
  const [title, setTitle] = useState('');
  const [complained, setComplained] = useState(false);
  const probe = useMutation({ mutationFn: () => probeUpstream(upstream.trim()) });
  const connect = useMutation({
    mutationFn: () => connectService({ name: nameFrom(title), title: title.trim(), upstream: upstream.trim() }),
    onSuccess: async ({ service, change }) => {
      sayChange(t('frontDoor.connectPage.connected', { title: title.trim() }), change);
      await client.invalidateQueries({ queryKey: ['services'] });
      await navigate({ to: '/front-door/apis/$serviceId', params: { serviceId: service.id } });
    },
  });
  const faulty = complained && !isUpstream(upstream);
  const whenAddressed = (deed: () => void) => {
    setComplained(true);
    if (isUpstream(upstream)) deed();
  };
  const name = nameFrom(title);
  return (
    <div className="stack-wide">
      <PageHead title={t('frontDoor.connectPage.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">{t('frontDoor.connectPage.text')}</p>
      </PageHead>
      <form
        className="stack-wide"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          whenAddressed(() => connect.mutate());
        }}
      >
        <Panel title={t('frontDoor.connectPage.where')}>
          <TextInput
            aria-label={t('frontDoor.connectPage.where')}
            description={t('frontDoor.connectPage.whereHint')}
            value={upstream}
            onChange={(event) => {
              setUpstream(event.currentTarget.value);
              probe.reset();
            }}
            error={faulty ? t('frontDoor.connectPage.notAnAddress') : undefined}
            placeholder="http://127.0.0.1:3000"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <div>
            <Button variant="default" loading={probe.isPending} onClick={() => whenAddressed(() => probe.mutate())}>
              {t('frontDoor.connectPage.look')}
            </Button>
          </div>
          <div role="status">{probe.data !== undefined && <ProbeWords result={probe.data} />}</div>
          <ProblemNotice error={probe.error} />
        </Panel>
        <Panel title={t('frontDoor.connectPage.name')}>
          <TextInput
            aria-label={t('frontDoor.connectPage.name')}
            description={
              name === '' ? t('frontDoor.connectPage.nameHintEmpty') : t('frontDoor.connectPage.nameHint', { name })
            }
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            maxLength={64}
            autoComplete="off"
          />
        </Panel>
        <ProblemNotice error={connect.error} />
        <div>
          <Button type="submit" loading={connect.isPending} disabled={name === ''}>
            {t('frontDoor.connectPage.connect')}
          </Button>
        </div>
      </form>
    </div>
  );
}
