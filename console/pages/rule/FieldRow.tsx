import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../parts/NumberField.tsx';
import { asks, type FieldLine, TYPES } from './form-fields.ts';
import classes from './LimitsField.module.css';

const CHARACTERS = ['any', 'letters', 'letters-digits', 'no-markup'] as const;

type Props = {
  line: FieldLine;
  fault: string | undefined;
  onChange: (line: FieldLine) => void;
  onRemove: () => void;
};

export function FieldRow({ line, fault, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { name, options, field } = line;
  const change = (some: Partial<FieldLine['field']>) => onChange({ ...line, field: { ...field, ...some } });
  const number = (key: 'minLength' | 'maxLength' | 'minimum' | 'maximum') => (
    <NumberField
      label={t(`rule.fields.${key}`)}
      value={field[key]}
      onChange={(value) => {
        const { [key]: _, ...rest } = field;
        onChange({ ...line, field: value === undefined ? rest : { ...rest, [key]: value } });
      }}
    />
  );
  return (
    <fieldset className={classes.limit}>
      <legend className={classes.words}>{name === '' ? t('rule.fields.fresh') : name}</legend>
      <div className={classes.fields}>
        <TextInput
          label={t('rule.fields.name')}
          value={name}
          onChange={(event) => onChange({ ...line, name: event.currentTarget.value })}
          required
          withAsterisk={false}
          maxLength={64}
          autoCapitalize="none"
          spellCheck={false}
          error={fault}
        />
        <NativeSelect
          label={t('rule.fields.type')}
          value={field.type}
          onChange={(event) => change({ type: TYPES.find((one) => one === event.currentTarget.value) ?? 'text' })}
          data={TYPES.map((value) => ({ value, label: t(`rule.fields.types.${value}`) }))}
        />
        {asks.minLength(field.type) && number('minLength')}
        {asks.maxLength(field.type) && number('maxLength')}
        {asks.range(field.type) && number('minimum')}
        {asks.range(field.type) && number('maximum')}
        {asks.characters(field.type) && (
          <NativeSelect
            label={t('rule.fields.characters')}
            value={field.characters ?? 'any'}
            onChange={(event) =>
              change({ characters: CHARACTERS.find((one) => one === event.currentTarget.value) ?? 'any' })
            }
            data={CHARACTERS.map((value) => ({ value, label: t(`rule.fields.kinds.${value}`) }))}
          />
        )}
      </div>
      {asks.options(field.type) && (
        <Textarea
          label={t('rule.fields.options')}
          description={t('rule.fields.optionsHint')}
          value={options}
          onChange={(event) => onChange({ ...line, options: event.currentTarget.value })}
          required
          withAsterisk={false}
          rows={3}
        />
      )}
      <Checkbox
        label={t('rule.fields.required')}
        checked={field.required === true}
        onChange={(event) => change({ required: event.currentTarget.checked })}
      />
      <div>
        <Button variant="subtle" color="stop" onClick={onRemove} aria-label={t('rule.fields.removeNamed', { name })}>
          {t('rule.fields.remove')}
        </Button>
      </div>
    </fieldset>
  );
}
