import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { type Limit, limitInWords, spanInWords } from '../../words/limit.ts';
import classes from './LimitsField.module.css';

type Props = { limits: Limit[]; onChange: (limits: Limit[]) => void };

const WINDOWS = ['10s', '1m', '15m', '1h', '1d'];
const MOST = 8;

export function LimitsField({ limits, onChange }: Props) {
  const { t } = useTranslation();
  const add = () => onChange([...limits, { key: 'address', quota: 60, window: '1m' }]);
  const button = (
    <Button variant="default" onClick={add} disabled={limits.length >= MOST}>
      {t('rules.limits.add')}
    </Button>
  );
  if (limits.length === 0) return <EmptyState text={t('rules.limits.empty')} action={button} />;
  return (
    <div className="stack">
      {limits.map((limit, place) => (
        <LimitRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a limit has no name of its own; its place is what it is
          key={place}
          limit={limit}
          onChange={(changed) => onChange(limits.with(place, changed))}
          onRemove={() => onChange(limits.toSpliced(place, 1))}
        />
      ))}
      <div>{button}</div>
    </div>
  );
}

type RowProps = { limit: Limit; onChange: (limit: Limit) => void; onRemove: () => void };

function LimitRow({ limit, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const byField = limit.key.startsWith('body.');
  const windows = WINDOWS.includes(limit.window) ? WINDOWS : [...WINDOWS, limit.window];
  return (
    <fieldset className={classes.limit}>
      <legend className={classes.words}>{limitInWords(t, limit)}</legend>
      <div className={classes.fields}>
        <TextInput
          label={t('rules.limits.quota')}
          type="number"
          min={1}
          max={1_000_000}
          value={limit.quota === 0 ? '' : limit.quota}
          onChange={(event) => onChange({ ...limit, quota: Math.trunc(event.currentTarget.valueAsNumber) || 0 })}
          required
          withAsterisk={false}
        />
        <NativeSelect
          label={t('rules.limits.window')}
          value={limit.window}
          onChange={(event) => onChange({ ...limit, window: event.currentTarget.value })}
          data={windows.map((value) => ({ value, label: spanInWords(t, value) }))}
        />
        <NativeSelect
          label={t('rules.limits.by')}
          value={byField ? 'body' : limit.key}
          onChange={(event) => {
            const by = event.currentTarget.value;
            onChange({ ...limit, key: by === 'body' ? 'body.email' : by });
          }}
          data={['address', 'consumer', 'body'].map((value) => ({ value, label: t(`rules.limits.key.${value}`) }))}
        />
        {byField && (
          <TextInput
            label={t('rules.limits.field')}
            value={limit.key.replace(/^body\./, '')}
            onChange={(event) => onChange({ ...limit, key: `body.${event.currentTarget.value}` })}
            required
            withAsterisk={false}
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </div>
      <div>
        <Button
          variant="subtle"
          color="stop"
          onClick={onRemove}
          aria-label={t('rules.limits.removeNamed', { limit: limitInWords(t, limit) })}
        >
          {t('rules.limits.remove')}
        </Button>
      </div>
    </fieldset>
  );
}
