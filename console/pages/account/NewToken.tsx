import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createToken, tokensQuery } from '../../api/account.ts';
import { Copyable } from '../../parts/Copyable.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';

const DAYS = ['30', '90', '365', 'never'] as const;

/** Makes a token and shows it this one time. */
export function NewToken() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [access, setAccess] = useState<'read' | 'change'>('read');
  const [days, setDays] = useState<string>('90');
  const make = useMutation({
    mutationFn: () => createToken({ name: name.trim(), access, expiresInDays: days === 'never' ? null : Number(days) }),
    onSuccess: async () => {
      setName('');
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  if (make.data !== undefined) {
    return (
      <Panel title={t('account.tokens.made', { name: make.data.name })}>
        <p>{t('account.tokens.once')}</p>
        <Copyable name={t('glossary.token.name')} text={make.data.token} />
        <div>
          <Button onClick={() => make.reset()}>{t('account.tokens.put')}</Button>
        </div>
      </Panel>
    );
  }
  return (
    <Panel title={t('account.tokens.make')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label={t('account.tokens.name')}
          placeholder={t('account.tokens.namePlaceholder')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
          required
          withAsterisk={false}
        />
        <Radio.Group
          label={t('account.tokens.access')}
          value={access}
          onChange={(value) => setAccess(value === 'change' ? 'change' : 'read')}
        >
          <div className="stack-tight">
            <Radio value="read" label={t('account.tokens.read')} />
            <Radio value="change" label={t('account.tokens.change')} />
          </div>
        </Radio.Group>
        <NativeSelect
          label={t('account.tokens.expires')}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={DAYS.map((value) => ({
            value,
            label: value === 'never' ? t('account.tokens.never') : t(`account.tokens.days.${value}`),
          }))}
        />
        <ProblemNotice error={make.error} />
        <div>
          <Button type="submit" loading={make.isPending}>
            {t('account.tokens.make')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
