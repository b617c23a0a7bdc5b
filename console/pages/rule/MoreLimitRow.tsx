import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../parts/NumberField.tsx';
import { spanInWords } from '../../words/limit.ts';
import classes from './LimitsField.module.css';
import { BY, type LimitLine, NAMED, PER_DAY, SPANS } from './more-limits.ts';

type Props = { line: LimitLine; place: number; onChange: (line: LimitLine) => void; onRemove: () => void };

export function MoreLimitRow({ line, place, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const change = (some: Partial<LimitLine>) => onChange({ ...line, ...some });
  const spans = SPANS.includes(line.span) ? SPANS : [...SPANS, line.span];
  return (
    <fieldset className={classes.limit}>
      <legend className={classes.words}>{t('rule.limits.number', { place })}</legend>
      <div className={classes.fields}>
        <NumberField
          label={t('rules.limits.quota')}
          value={line.quota === 0 ? undefined : line.quota}
          min={1}
          max={1_000_000}
          onChange={(quota = 0) => change({ quota })}
          required
        />
        <NativeSelect
          label={t('rules.limits.window')}
          value={line.span}
          onChange={(event) => change({ span: event.currentTarget.value })}
          data={spans.map((value) => ({
            value,
            label: value === PER_DAY ? t('rule.limits.day') : spanInWords(t, value),
          }))}
        />
        <NativeSelect
          label={t('rules.limits.by')}
          value={line.by}
          onChange={(event) => change({ by: BY.find((one) => one === event.currentTarget.value) ?? 'route' })}
          data={BY.map((value) => ({ value, label: t(`rule.limits.key.${value}`) }))}
        />
        {NAMED.has(line.by) && (
          <TextInput
            label={t('rules.limits.field')}
            value={line.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            required
            withAsterisk={false}
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
        <NumberField
          label={t('rule.limits.cost')}
          value={line.cost}
          min={1}
          max={1_000_000}
          onChange={(cost = 1) => change({ cost })}
        />
      </div>
      <div>
        <Button variant="subtle" color="stop" onClick={onRemove} aria-label={t('rule.limits.removeNamed', { place })}>
          {t('rule.limits.remove')}
        </Button>
      </div>
    </fieldset>
  );
}
