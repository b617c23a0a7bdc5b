import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../../src/contracts/api/front-door.ts';
import { changeService, removeService } from '../../api/front-door.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';

export function ServiceSettings({ service }: { service: Service }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { sayChange } = useSaid();
  const [title, setTitle] = useState(service.title);
  const [upstream, setUpstream] = useState(service.upstream);
  const [preserveHost, setPreserveHost] = useState(service.preserveHost);
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    mutationFn: () => changeService(service.id, { title: title.trim(), upstream: upstream.trim(), preserveHost }),
    onSuccess: async ({ change }) => {
      sayChange(t('frontDoor.service.saved'), change);
      await client.invalidateQueries({ queryKey: ['services'] });
    },
  });
  const remove = useMutation({
    mutationFn: () => removeService(service.id),
    onSuccess: async ({ change }) => {
      sayChange(t('frontDoor.service.disconnected', { title: service.title }), change);
      await navigate({ to: '/front-door' });
      await client.invalidateQueries();
    },
  });
  const unchanged = title === service.title && upstream === service.upstream && preserveHost === service.preserveHost;
  return (
    <Panel title={t('frontDoor.service.settings')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label={t('frontDoor.connectPage.name')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          maxLength={120}
        />
        <TextInput
          label={t('frontDoor.connectPage.where')}
          value={upstream}
          onChange={(event) => setUpstream(event.currentTarget.value)}
          inputMode="url"
          spellCheck={false}
        />
        <Checkbox
          label={t('frontDoor.service.preserveHost')}
          checked={preserveHost}
          onChange={(event) => setPreserveHost(event.currentTarget.checked)}
        />
        <ProblemNotice error={save.error} />
        <div className="row">
          <Button type="submit" variant="default" loading={save.isPending} disabled={unchanged}>
            {t('frontDoor.service.save')}
          </Button>
          <Button variant="subtle" color="stop" onClick={() => setAsking(true)}>
            {t('frontDoor.service.disconnect')}
          </Button>
        </div>
      </form>
      <Confirm
        opened={asking}
        title={t('frontDoor.service.disconnectTitle', { title: service.title })}
        action={t('frontDoor.service.disconnect')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('frontDoor.service.disconnectText', { count: service.routeCount })}</p>
      </Confirm>
    </Panel>
  );
}
