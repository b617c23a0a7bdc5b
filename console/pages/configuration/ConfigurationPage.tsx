import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportConfig, importConfig } from '../../api/front-door.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';

/** The developer's way: everything at the front door as one YAML file, out and in. */
export function ConfigurationPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const [yaml, setYaml] = useState('');
  const [asking, setAsking] = useState(false);
  const fetchYaml = useMutation({ mutationFn: exportConfig, onSuccess: setYaml });
  const bring = useMutation({
    mutationFn: () => importConfig(yaml),
    onSuccess: async ({ change, ...counts }) => {
      sayChange(t('more.configuration.done', counts), change);
      await client.invalidateQueries();
    },
    onSettled: () => setAsking(false),
  });
  return (
    <div className="stack-wide">
      <PageHead title={t('more.configuration.title')} back={{ to: '/more', label: t('more.title') }}>
        <p className="soft">{t('more.configuration.text')}</p>
      </PageHead>
      <Panel title={t('more.configuration.file')}>
        <div>
          <Button variant="default" loading={fetchYaml.isPending} onClick={() => fetchYaml.mutate()}>
            {t('more.configuration.show')}
          </Button>
        </div>
        <ProblemNotice error={fetchYaml.error} />
        <Textarea
          label={t('more.configuration.yaml')}
          value={yaml}
          onChange={(event) => setYaml(event.currentTarget.value)}
          rows={16}
          spellCheck={false}
          autoComplete="off"
        />
        <ProblemNotice error={bring.error} />
        <div>
          <Button onClick={() => setAsking(true)} disabled={yaml.trim() === ''}>
            {t('more.configuration.bring')}
          </Button>
        </div>
      </Panel>
      <Confirm
        opened={asking}
        title={t('more.configuration.sure')}
        action={t('more.configuration.bring')}
        busy={bring.isPending}
        error={null}
        onConfirm={() => bring.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('more.configuration.consequence')}</p>
      </Confirm>
    </div>
  );
}
