import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../parts/Notice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import classes from './LimitsField.module.css';
import { MoreLimitRow } from './MoreLimitRow.tsx';
import { FRESH, limitLine, limitOf } from './more-limits.ts';
import type { RuleSettings } from './rule-settings.ts';

const AT_ONCE = ['address', 'consumer', 'route'] as const;

type Props = {
  routeId: string;
  rateLimit: RuleSettings['rateLimit'];
  concurrency: RuleSettings['concurrency'];
};

/** Limits of the rarer kinds, and how many calls may be under way at once. */
export function MoreLimitsPanel({ routeId, rateLimit = [], concurrency = [] }: Props) {
  const { t } = useTranslation();
  const kept = rateLimit.filter((limit) => limitLine(limit) === null);
  const [lines, setLines] = useState(() => rateLimit.flatMap((limit) => limitLine(limit) ?? []));
  const [atOnce, setAtOnce] = useState(concurrency);
  const save = useSettingsChange({ of: 'route', id: routeId });
  const limits = [...kept, ...lines.map(limitOf)];
  const patch = {
    rateLimit: limits.length === 0 ? null : limits,
    concurrency: atOnce.length === 0 ? null : atOnce,
  };
  const before = {
    rateLimit: rateLimit.length === 0 ? null : rateLimit,
    concurrency: concurrency.length === 0 ? null : concurrency,
  };
  return (
    <SavePanel
      title={<Term id="limit">{t('rule.limits.title')}</Term>}
      action={t('rule.limits.save')}
      saving={save}
      unchanged={JSON.stringify(patch) === JSON.stringify(before)}
      onSave={() => save.mutate({ patch, done: t('rule.limits.saved'), undo: before })}
    >
      {kept.length > 0 && (
        <Notice tone="plain">
          <p>{t('rule.limits.kept', { count: kept.length })}</p>
        </Notice>
      )}
      {lines.map((line, place) => (
        <MoreLimitRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a limit has no name of its own; its place is what it is
          key={place}
          line={line}
          place={place + 1}
          onChange={(next) => setLines(lines.with(place, next))}
          onRemove={() => setLines(lines.toSpliced(place, 1))}
        />
      ))}
      <div>
        <Button variant="default" onClick={() => setLines([...lines, FRESH])} disabled={lines.length >= 8}>
          {t('rule.limits.add')}
        </Button>
      </div>
      <fieldset className={classes.limit}>
        <legend className={classes.words}>{t('rule.limits.atOnce')}</legend>
        <div className={classes.fields}>
          {AT_ONCE.map((key) => (
            <NumberField
              key={key}
              label={t(`rule.limits.atOnceBy.${key}`)}
              value={atOnce.find((one) => one.key === key)?.max}
              min={1}
              max={100_000}
              onChange={(max) => {
                const others = atOnce.filter((one) => one.key !== key);
                setAtOnce(max === undefined ? others : [...others, { key, max }]);
              }}
            />
          ))}
        </div>
      </fieldset>
    </SavePanel>
  );
}
