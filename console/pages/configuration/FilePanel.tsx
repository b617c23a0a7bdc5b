import { Button, FileButton, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applyConfig, PLAN_DAYS, planConfig } from '../../api/configuration.ts';
import { exportConfig } from '../../api/front-door.ts';
import { Confirm } from '../../parts/Confirm.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { PlanShown } from './PlanShown.tsx';

/** A file is looked at first; what it would do stands below it, with the button that puts it in force. */
export function FilePanel() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const [yaml, setYaml] = useState('');
  const [asking, setAsking] = useState(false);
  const stopping = useRef(new AbortController());
  const look = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController();
      return planConfig({ yaml }, stopping.current.signal);
    },
  });
  const write = (text: string) => {
    setYaml(text);
    // What was said about another text does not hold for this one.
    look.reset();
  };
  const fetchYaml = useMutation({ mutationFn: exportConfig, onSuccess: write });
  const bring = useMutation({
    mutationFn: () => applyConfig(yaml),
    onSuccess: async ({ change, changes: _changes, ...counts }) => {
      look.reset();
      sayChange(t('configuration.done', counts), change);
    },
    onSettled: async () => {
      setAsking(false);
      await client.invalidateQueries();
    },
  });
  const stop = () => {
    stopping.current.abort();
    look.reset();
  };
  return (
    <Panel title={t('configuration.file')}>
      <div className="row">
        <Button variant="default" loading={fetchYaml.isPending} onClick={() => fetchYaml.mutate()}>
          {t('configuration.show')}
        </Button>
        <FileButton accept=".yaml,.yml" onChange={(file) => void file?.text().then(write)}>
          {(props) => (
            <Button variant="default" {...props}>
              {t('configuration.choose')}
            </Button>
          )}
        </FileButton>
      </div>
      <ProblemNotice error={fetchYaml.error} />
      <Textarea
        label={t('configuration.yaml')}
        value={yaml}
        onChange={(event) => write(event.currentTarget.value)}
        rows={16}
        spellCheck={false}
        autoComplete="off"
      />
      <div className="row">
        <Button onClick={() => look.mutate()} loading={look.isPending} disabled={yaml.trim() === ''}>
          {t('configuration.look')}
        </Button>
        {look.isPending && (
          <Button variant="default" onClick={stop}>
            {t('configuration.stop')}
          </Button>
        )}
      </div>
      {look.isPending && <p className="soft">{t('configuration.looking', { days: PLAN_DAYS })}</p>}
      <ProblemNotice error={look.error ?? bring.error} />
      {look.data !== undefined && (
        <>
          <PlanShown plan={look.data} />
          <div>
            <Button onClick={() => setAsking(true)} disabled={look.data.changes.length === 0}>
              {t('configuration.bring')}
            </Button>
          </div>
        </>
      )}
      <Confirm
        opened={asking}
        title={t('configuration.sure')}
        action={t('configuration.bring')}
        busy={bring.isPending}
        error={null}
        onConfirm={() => bring.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('configuration.consequence')}</p>
      </Confirm>
    </Panel>
  );
}
