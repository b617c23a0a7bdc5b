import { Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import type { RuleSettings } from './rule-settings.ts';

const LOGINS = ['auto', 'on', 'off'] as const;
type Login = (typeof LOGINS)[number];
const SIZES = ['', '1KiB', '16KiB', '64KiB', '256KiB', '1MiB', '10MiB', '100MiB'];

function loginOf(written: RuleSettings['loginProtection']): Login {
  if (written === undefined) return 'auto';
  return written === 'off' ? 'off' : 'on';
}

/** The smaller things: guessing of passwords, slashes in names, how much may be sent. */
export function SwitchesPanel({ routeId, settings }: { routeId: string; settings: RuleSettings }) {
  const { t } = useTranslation();
  const { loginProtection, allowEncodedSlash, limits } = settings;
  const [login, setLogin] = useState(() => loginOf(loginProtection));
  const [slash, setSlash] = useState(allowEncodedSlash === true);
  const [size, setSize] = useState(limits?.body ?? '');
  const save = useSettingsChange({ of: 'route', id: routeId });
  const sizes = SIZES.includes(size) ? SIZES : [...SIZES, size];
  // Numbers that were written as text stay while protection stays on.
  const logins = { auto: null, off: 'off', on: typeof loginProtection === 'object' ? loginProtection : {} };
  const before = {
    loginProtection: loginProtection ?? null,
    allowEncodedSlash: allowEncodedSlash ?? null,
    limits: limits ?? null,
  };
  const patch = {
    loginProtection: logins[login],
    allowEncodedSlash: slash ? true : null,
    limits: size === '' ? null : { body: size },
  };
  return (
    <SavePanel
      title={t('rule.more.title')}
      action={t('rule.more.save')}
      saving={save}
      unchanged={JSON.stringify(patch) === JSON.stringify(before)}
      onSave={() => save.mutate({ patch, done: t('rule.more.saved'), undo: before })}
    >
      <NativeSelect
        label={t('rule.more.login')}
        description={t('rule.more.loginHint')}
        value={login}
        onChange={(event) => setLogin(LOGINS.find((one) => one === event.currentTarget.value) ?? 'auto')}
        data={LOGINS.map((value) => ({ value, label: t(`rule.more.logins.${value}`) }))}
      />
      <NativeSelect
        label={t('rule.more.size')}
        value={size}
        onChange={(event) => setSize(event.currentTarget.value)}
        data={sizes.map((value) => ({ value, label: value === '' ? t('rule.more.usualSize') : value }))}
      />
      <Checkbox
        label={t('rule.more.slash')}
        description={t('rule.more.slashHint')}
        checked={slash}
        onChange={(event) => setSlash(event.currentTarget.checked)}
      />
    </SavePanel>
  );
}
