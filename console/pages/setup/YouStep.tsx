import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetupAnswers } from './answers.ts';

type You = Omit<SetupAnswers, 'code'>;
type Props = { answers: You; onDone: (you: You) => void; onBack: () => void };

export function YouStep({ answers, onDone, onBack }: Props) {
  const { t } = useTranslation();
  const [you, setYou] = useState<You>({
    businessName: answers.businessName,
    name: answers.name,
    email: answers.email,
  });
  const field = (name: keyof You) => ({
    label: t(`setup.you.${name}`),
    value: you[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      setYou((before) => ({ ...before, [name]: value }));
    },
    required: true,
    withAsterisk: false,
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(you);
      }}
    >
      <TextInput {...field('businessName')} autoComplete="organization" maxLength={120} />
      <TextInput {...field('name')} autoComplete="name" maxLength={120} />
      <TextInput
        {...field('email')}
        type="email"
        autoComplete="username"
        description={t('setup.you.why')}
        maxLength={254}
      />
      <div className="row">
        <Button type="submit">{t('setup.next')}</Button>
        <Button variant="default" onClick={onBack}>
          {t('setup.back')}
        </Button>
      </div>
    </form>
  );
}
