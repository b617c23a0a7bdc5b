import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { faultAt } from '../../words/fault-at.ts';
import { FieldRow } from './FieldRow.tsx';
import { type FieldLine, formOf, linesOf, twiceNamed } from './form-fields.ts';
import type { RuleSettings } from './rule-settings.ts';

const MODES = ['enforce', 'monitor', 'off'] as const;

/** What may be sent with such a call, field by field. */
export function FieldsPanel({ routeId, validate = {} }: { routeId: string; validate: RuleSettings['validate'] }) {
  const { t } = useTranslation();
  const { form, mode: modeBefore = 'monitor', ...others } = validate;
  const before = linesOf(form);
  const [lines, setLines] = useState<FieldLine[]>(before);
  const [unknown, setUnknown] = useState(form?.allowUnknown === true);
  const [mode, setMode] = useState(modeBefore);
  const save = useSettingsChange({ of: 'route', id: routeId });
  const twice = twiceNamed(lines);
  const unchanged =
    JSON.stringify([lines, unknown, mode]) === JSON.stringify([before, form?.allowUnknown === true, modeBefore]);
  const keep = () => {
    const next = { ...others, ...(lines.length === 0 ? {} : { form: formOf(lines, unknown) }) };
    const patch = { validate: Object.keys(next).length === 0 ? null : { ...next, mode } };
    save.mutate({
      patch,
      done: t('rule.fields.saved'),
      undo: { validate: validate.mode === undefined && form === undefined ? null : validate },
    });
  };
  if (others.body !== undefined) {
    return (
      <Notice tone="plain" title={t('rule.fields.title')}>
        <p>{t('rule.asTextAlready')}</p>
      </Notice>
    );
  }
  return (
    <SavePanel
      title={<Term id="fields">{t('rule.fields.title')}</Term>}
      action={t('rule.fields.save')}
      saving={save}
      unchanged={unchanged || twice !== null}
      onSave={keep}
    >
      {lines.length === 0 && <EmptyState text={t('rule.fields.empty')} />}
      {lines.map((line, place) => (
        <FieldRow
          // biome-ignore lint/suspicious/noArrayIndexKey: while its name is typed, a field's place is what it is
          key={place}
          line={line}
          fault={faultAt(save.error, `form.fields.${line.name.trim()}`)}
          onChange={(next) => setLines(lines.with(place, next))}
          onRemove={() => setLines(lines.toSpliced(place, 1))}
        />
      ))}
      {twice !== null && (
        <Notice tone="stop">
          <p>{t('rule.fields.twice', { name: twice })}</p>
        </Notice>
      )}
      <div>
        <Button
          variant="default"
          onClick={() => setLines([...lines, { name: '', options: '', field: { type: 'text' } }])}
        >
          {t('rule.fields.add')}
        </Button>
      </div>
      {lines.length > 0 && (
        <>
          <Checkbox
            label={t('rule.fields.unknown')}
            checked={unknown}
            onChange={(event) => setUnknown(event.currentTarget.checked)}
          />
          <NativeSelect
            label={t('rule.fields.mode')}
            value={mode}
            onChange={(event) => setMode(MODES.find((one) => one === event.currentTarget.value) ?? 'monitor')}
            data={MODES.map((value) => ({ value, label: t(`rule.fields.modes.${value}`) }))}
          />
        </>
      )}
    </SavePanel>
  );
}
