import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../parts/NumberField.tsx';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { faultAt } from '../../words/fault-at.ts';
import classes from '../rule/LimitsField.module.css';
import { addressLines, type ServiceMoreSettings, upstreamOf } from './service-more.ts';

const TIMES = ['connect', 'response', 'idle'] as const;

type Props = { serviceId: string; first: string; settings: ServiceMoreSettings };

/** Several computers that offer the same, how their health is asked for, and how long one waits for them. */
export function UpstreamsPanel({ serviceId, first, settings }: Props) {
  const { t } = useTranslation();
  const [lines, setLines] = useState(() => addressLines(settings.upstream, first));
  const [health, setHealth] = useState(settings.health?.path ?? '');
  const [timeouts, setTimeouts] = useState<Record<string, string | undefined>>(settings.timeouts ?? {});
  const save = useSettingsChange({ of: 'service', id: serviceId });
  const before = {
    upstream: settings.upstream ?? null,
    health: settings.health ?? null,
    timeouts: settings.timeouts ?? null,
  };
  const times = Object.entries(timeouts).filter(([, text]) => text !== undefined && text !== '');
  const patch = {
    upstream: upstreamOf(lines),
    health: health.trim() === '' ? null : { ...settings.health, path: health.trim() },
    timeouts: times.length === 0 ? null : Object.fromEntries(times),
  };
  return (
    <SavePanel
      title={t('oneApi.addresses.title')}
      action={t('oneApi.addresses.save')}
      saving={save}
      unchanged={JSON.stringify(patch) === JSON.stringify(before)}
      onSave={() => save.mutate({ patch, done: t('oneApi.addresses.saved'), undo: before })}
    >
      <p className="soft">{t('oneApi.addresses.text')}</p>
      {lines.map(({ url, weight }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: while it is typed, an address's place is what it is
        <fieldset className={classes.limit} key={place}>
          <legend className={classes.words}>{t('oneApi.addresses.number', { place: place + 1 })}</legend>
          <div className={classes.fields}>
            <TextInput
              label={t('oneApi.addresses.url')}
              value={url}
              onChange={(event) => setLines(lines.with(place, { url: event.currentTarget.value, weight }))}
              error={faultAt(save.error, `upstream[${place}]`)}
              readOnly={lines.length === 1}
              required
              withAsterisk={false}
              inputMode="url"
              spellCheck={false}
            />
            {lines.length > 1 && (
              <NumberField
                label={t('oneApi.addresses.weight')}
                value={weight}
                min={1}
                max={1000}
                onChange={(next = 1) => setLines(lines.with(place, { url, weight: next }))}
              />
            )}
          </div>
          {place > 0 && (
            <div>
              <Button
                variant="subtle"
                color="stop"
                onClick={() => setLines(lines.toSpliced(place, 1))}
                aria-label={t('oneApi.addresses.removeNamed', { url })}
              >
                {t('oneApi.addresses.remove')}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div>
        <Button variant="default" onClick={() => setLines([...lines, { url: '', weight: 1 }])}>
          {t('oneApi.addresses.add')}
        </Button>
      </div>
      <TextInput
        label={t('oneApi.addresses.health')}
        description={t('oneApi.addresses.healthHint')}
        value={health}
        onChange={(event) => setHealth(event.currentTarget.value)}
        error={faultAt(save.error, '.health')}
        spellCheck={false}
        autoCapitalize="none"
      />
      <div className={classes.fields}>
        {TIMES.map((name) => (
          <TextInput
            key={name}
            label={t(`oneApi.addresses.times.${name}`)}
            placeholder="10s"
            value={timeouts[name] ?? ''}
            onChange={(event) => setTimeouts({ ...timeouts, [name]: event.currentTarget.value.trim() })}
            error={faultAt(save.error, `timeouts.${name}`)}
            spellCheck={false}
            autoCapitalize="none"
          />
        ))}
      </div>
    </SavePanel>
  );
}
