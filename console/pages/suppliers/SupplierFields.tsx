import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { consumersQuery } from '../../api/consumers.ts';
import { Notice } from '../../parts/Notice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { SecretPlace } from '../../parts/SecretPlace.tsx';
import { faultAt } from '../../words/fault-at.ts';
import { type Answers, INJECT } from './supplier-answers.ts';

type Props = {
  answers: Answers;
  isNew: boolean;
  /** Of this supplier in the configuration. */
  place: string;
  error: unknown;
  onChange: (some: Partial<Answers>) => void;
};

export function SupplierFields({ answers, isNew, place, error, onChange }: Props) {
  const { t } = useTranslation();
  const consumers = useQuery(consumersQuery);
  const names = [...new Set([...(consumers.data ?? []).map(({ name }) => name), ...answers.consumers])];
  const text = (key: 'name' | 'host' | 'injectName' | 'currency', fault: string, more: { readOnly?: boolean } = {}) => (
    <TextInput
      label={t(`suppliers.field.${key}`)}
      description={t(`suppliers.hint.${key}`)}
      value={answers[key]}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
      error={faultAt(error, `${place}.${fault}`)}
      required={key !== 'currency'}
      withAsterisk={false}
      autoCapitalize="none"
      spellCheck={false}
      {...more}
    />
  );
  const lines = (key: 'allow' | 'spendOn', fault: string) => (
    <Textarea
      label={t(`suppliers.field.${key}`)}
      description={t(`suppliers.hint.${key}`)}
      value={answers[key]}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
      error={faultAt(error, `${place}.${fault}`)}
      required
      withAsterisk={false}
      rows={4}
      autoCapitalize="none"
      spellCheck={false}
    />
  );
  return (
    <>
      <Panel title={t('suppliers.who')}>
        {text('name', 'name', { readOnly: !isNew })}
        {text('host', 'host')}
        {lines('allow', 'allow')}
      </Panel>
      <Panel title={t('suppliers.key')}>
        <SecretPlace
          value={answers.secret}
          error={faultAt(error, `${place}.secret`)}
          onChange={(secret) => onChange({ secret })}
        />
        <NativeSelect
          label={t('suppliers.field.inject')}
          value={answers.inject}
          onChange={(event) =>
            onChange({ inject: INJECT.find((one) => one === event.currentTarget.value) ?? 'bearer' })
          }
          data={INJECT.map((value) => ({ value, label: t(`suppliers.inject.${value}`) }))}
        />
        {(answers.inject === 'header' || answers.inject === 'query') && text('injectName', 'inject')}
      </Panel>
      <Panel title={t('suppliers.may')}>
        {consumers.data !== undefined && names.length === 0 && (
          <Notice tone="watch">
            <p>{t('suppliers.nobody')}</p>
            <p>
              <Link to="/front-door/keys/new">{t('keys.make')}</Link>
            </p>
          </Notice>
        )}
        {names.length > 0 && (
          <Checkbox.Group
            label={t('suppliers.field.consumers')}
            description={t('suppliers.hint.consumers')}
            value={answers.consumers}
            onChange={(chosen) => onChange({ consumers: chosen })}
            error={faultAt(error, `${place}.consumers`)}
          >
            <div className="stack-tight">
              {names.map((name) => (
                <Checkbox key={name} value={name} label={name} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <NumberField
          label={t('suppliers.field.perDay')}
          description={t('suppliers.hint.perDay')}
          value={answers.perDay}
          min={1}
          onChange={(perDay) => onChange({ perDay })}
        />
        <NumberField
          label={t('suppliers.field.most')}
          description={t('suppliers.hint.most')}
          value={answers.most}
          min={1}
          onChange={(most) => onChange({ most })}
          error={faultAt(error, `${place}.limits.spendPerDay.most`)}
        />
        {answers.most !== undefined && (
          <>
            {text('currency', 'limits.spendPerDay.currency')}
            {lines('spendOn', 'limits.spendPerDay.on')}
          </>
        )}
      </Panel>
    </>
  );
}
