import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PassphraseField } from '../../parts/PassphraseField.tsx';

type Props = { email: string; error: unknown; onDone: (passphrase: string) => Promise<void>; onBack: () => void };

export function PassphraseStep({ email, error, onDone, onBack }: Props) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <form
      className="stack"
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        await onDone(passphrase);
        setBusy(false);
      }}
    >
      <p>{t('setup.passphrase.text')}</p>
      {/* For password managers: whose pass phrase this is. */}
      <input
        className="visually-hidden"
        type="email"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <PassphraseField label={t('setup.passphrase.label')} email={email} value={passphrase} onChange={setPassphrase} />
      <ProblemNotice error={error} />
      <div className="row">
        <Button type="submit" loading={busy}>
          {t('setup.finish')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('setup.back')}
        </Button>
      </div>
    </form>
  );
}
