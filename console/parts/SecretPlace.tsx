import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Where the gateway finds a secret: never the secret itself. */
export type SecretSource = { env: string } | { file: string };

type Props = { value: SecretSource; error?: string | undefined; onChange: (value: SecretSource) => void };

export function SecretPlace({ value, error, onChange }: Props) {
  const { t } = useTranslation();
  const kind = 'env' in value ? 'env' : 'file';
  const text = 'env' in value ? value.env : value.file;
  const write = (as: string, written: string) => onChange(as === 'env' ? { env: written } : { file: written });
  return (
    <>
      <p className="soft">{t('secret.never')}</p>
      <NativeSelect
        label={t('secret.where')}
        value={kind}
        onChange={(event) => write(event.currentTarget.value, text)}
        data={(['env', 'file'] as const).map((one) => ({ value: one, label: t(`secret.${one}`) }))}
      />
      <TextInput
        label={t(`secret.${kind}Name`)}
        description={t(`secret.${kind}Hint`)}
        value={text}
        onChange={(event) => write(kind, event.currentTarget.value.trim())}
        error={error}
        required
        withAsterisk={false}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
    </>
  );
}
