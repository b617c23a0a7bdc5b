import { Checkbox, NativeSelect, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '../../api/settings.ts';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { faultAt } from '../../words/fault-at.ts';
import { type Auth, WAYS, type Ways, waysOf, withWays } from './ways.ts';

const PLAIN = WAYS.map((way) => ({ way, name: way }));

/** How callers say who they are, where a key alone is not what is meant. */
export function WaysPanel({ routeId, auth }: { routeId: string; auth: Auth | undefined }) {
  const { t } = useTranslation();
  const whole = useQuery(settingsQuery<{ webhooks?: Record<string, unknown> }>({ of: 'gateway' }));
  const before = waysOf(auth);
  const [ways, setWays] = useState<Ways>(before);
  const save = useSettingsChange({ of: 'route', id: routeId });
  const hooks = new Set([
    ...Object.keys(whole.data?.webhooks ?? {}),
    ...ways.chosen.flatMap((way) => (way.startsWith('webhook:') ? [way.slice('webhook:'.length)] : [])),
  ]);
  const fault = faultAt(save.error, '.auth');
  return (
    <SavePanel
      title={t('rule.ways.title')}
      action={t('rule.ways.save')}
      saving={fault === undefined ? save : { isPending: save.isPending, error: null }}
      unchanged={JSON.stringify(ways) === JSON.stringify(before) || (!ways.usual && ways.chosen.length === 0)}
      onSave={() =>
        save.mutate({ patch: { auth: withWays(ways) }, done: t('rule.ways.saved'), undo: { auth: auth ?? null } })
      }
    >
      <Radio.Group
        aria-label={t('rule.ways.title')}
        value={ways.usual ? 'usual' : 'chosen'}
        onChange={(value) => setWays({ ...ways, usual: value === 'usual' })}
      >
        <div className="stack-tight">
          <Radio value="usual" label={t('rule.ways.usual')} description={t('rule.ways.usualHint')} />
          <Radio value="chosen" label={t('rule.ways.some')} />
        </div>
      </Radio.Group>
      {!ways.usual && (
        <>
          <Checkbox.Group
            label={t('rule.ways.which')}
            value={ways.chosen}
            onChange={(chosen) => setWays({ ...ways, chosen })}
            error={fault}
          >
            <div className="stack-tight">
              {PLAIN.map(({ way, name }) => (
                <Checkbox
                  key={way}
                  value={way}
                  label={t(`rule.ways.way.${name}`)}
                  description={t(`rule.ways.hint.${name}`)}
                />
              ))}
              {[...hooks].map((name) => (
                <Checkbox key={name} value={`webhook:${name}`} label={t('rule.ways.hook', { name })} />
              ))}
            </div>
          </Checkbox.Group>
          <NativeSelect
            label={t('rule.ways.how')}
            value={ways.how}
            onChange={(event) => setWays({ ...ways, how: event.currentTarget.value === 'all' ? 'all' : 'any' })}
            data={(['any', 'all'] as const).map((value) => ({ value, label: t(`rule.ways.${value}`) }))}
          />
        </>
      )}
    </SavePanel>
  );
}
