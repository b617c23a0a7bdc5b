import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../parts/Notice.tsx';

type Props = { code: string; error: unknown; onDone: (code: string) => void };

export function CodeStep({ code: before, error, onDone }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState(before);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(code.trim());
      }}
    >
      <p>{t('setup.code.text')}</p>
      <TextInput
        label={t('setup.code.label')}
        description={t('setup.code.where')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        required
        withAsterisk={false}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <ProblemNotice error={error} />
      <Button type="submit">{t('setup.next')}</Button>
    </form>
  );
}
