import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../../src/contracts/api/front-door.ts';
import { type LearntDescription, learntQuery, serviceSettingsQuery, watchWith } from '../../api/learnt.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { LearntFields } from './LearntFields.tsx';
import { MisfitList } from './MisfitList.tsx';

/** What calls of an API look like, drafted from what was seen; the owner may have calls held against it. */
export function LearntPanel({ service }: { service: Service }) {
  const { t } = useTranslation();
  const learnt = useQuery(learntQuery(service.name));
  const settings = useQuery(serviceSettingsQuery(service.id));
  return (
    <Panel title={t('learnt.title')}>
      <p className="soft">{t('learnt.text')}</p>
      <Loaded query={learnt} rows={2} height={72}>
        {(description) => (
          <Loaded query={settings} rows={1} height={48}>
            {({ openapi }) => <Learnt service={service} description={description} inForce={openapi} />}
          </Loaded>
        )}
      </Loaded>
    </Panel>
  );
}

type Props = { service: Service; description: LearntDescription; inForce: unknown };

function Learnt({ service, description, inForce }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const watches = isDrafted(inForce);
  const watch = useMutation({
    mutationFn: (inline: LearntDescription | null) => watchWith(service.id, inline),
    onSuccess: async ({ change }, inline) => {
      sayChange(t(inline === null ? 'learnt.stopped' : 'learnt.used'), change);
      await client.invalidateQueries({ queryKey: ['services'] });
    },
  });
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  if (operations.length === 0 && !watches) return <EmptyState text={t('learnt.empty')} />;
  return (
    <div className="stack">
      {watches && (
        <Notice tone="safe">
          <p>{t('learnt.watching')}</p>
        </Notice>
      )}
      <LineList>
        {operations.map(({ name, operation }) => (
          <LineList.Line
            key={name}
            main={<code>{name}</code>}
            under={<LearntFields name={name} operation={operation} />}
          />
        ))}
      </LineList>
      {watches && <MisfitList service={service} />}
      <ProblemNotice error={watch.error} />
      {inForce !== undefined && !watches ? (
        <p>{t('learnt.ownDescription')}</p>
      ) : (
        <div className="row">
          <Button loading={watch.isPending} onClick={() => watch.mutate(description)}>
            {t(watches ? 'learnt.useAgain' : 'learnt.use')}
          </Button>
          {watches && (
            <Button variant="default" disabled={watch.isPending} onClick={() => watch.mutate(null)}>
              {t('learnt.stop')}
            </Button>
          )}
        </div>
      )}
      <p className="soft small">{t('learnt.export', { name: service.name })}</p>
    </div>
  );
}

/** Whether the description in force is one that was drafted here. */
function isDrafted(openapi: unknown): boolean {
  const { inline } = (openapi ?? {}) as { inline?: { info?: Record<string, unknown> } };
  return inline?.info?.['x-nightlatch-from'] !== undefined;
}
