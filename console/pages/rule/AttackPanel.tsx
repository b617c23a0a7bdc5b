import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ATTACK_PROFILES } from '../../../src/contracts/detection/attack-kinds.ts';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import type { RuleSettings } from './rule-settings.ts';

type Filter = NonNullable<RuleSettings['attackFilter']>;

const MODES = ['off', 'monitor', 'enforce'] as const;
const INCOMPLETE = ['pass', 'refuse'] as const;

/** How this rule looks for attacks, where it differs from everywhere; fields and exclusions that were written as text stay. */
export function AttackPanel({ routeId, filter }: { routeId: string; filter: Filter | undefined }) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<string>(filter?.mode ?? '');
  const [profile, setProfile] = useState<string>(filter?.profile ?? '');
  const [incomplete, setIncomplete] = useState<string>(filter?.whenIncomplete ?? '');
  const save = useSettingsChange({ of: 'route', id: routeId });
  const { mode: _mode, profile: _profile, whenIncomplete: _incomplete, ...rest } = filter ?? {};
  const chosen = {
    ...rest,
    ...(mode === '' ? {} : { mode }),
    ...(profile === '' ? {} : { profile }),
    ...(incomplete === '' ? {} : { whenIncomplete: incomplete }),
  };
  const unchanged =
    mode === (filter?.mode ?? '') &&
    profile === (filter?.profile ?? '') &&
    incomplete === (filter?.whenIncomplete ?? '');
  const usual = { value: '', label: t('rule.attacks.usual') };
  return (
    <SavePanel
      title={t('protection.kind.attacks.title')}
      action={t('rule.attacks.save')}
      saving={save}
      unchanged={unchanged}
      onSave={() =>
        save.mutate({
          patch: { attackFilter: Object.keys(chosen).length === 0 ? null : chosen },
          done: t('rule.attacks.saved'),
          undo: { attackFilter: filter ?? null },
        })
      }
    >
      <NativeSelect
        label={t('rule.attacks.mode')}
        value={mode}
        onChange={(event) => setMode(event.currentTarget.value)}
        data={[usual, ...MODES.map((value) => ({ value, label: t(`protection.mode.${value}`) }))]}
      />
      <NativeSelect
        label={t('rule.attacks.profile')}
        description={t('rule.attacks.profileHint')}
        value={profile}
        onChange={(event) => setProfile(event.currentTarget.value)}
        data={[usual, ...ATTACK_PROFILES.map((value) => ({ value, label: t(`rule.attacks.profiles.${value}`) }))]}
      />
      <NativeSelect
        label={t('rule.attacks.incomplete')}
        value={incomplete}
        onChange={(event) => setIncomplete(event.currentTarget.value)}
        data={[usual, ...INCOMPLETE.map((value) => ({ value, label: t(`rule.attacks.whenIncomplete.${value}`) }))]}
      />
    </SavePanel>
  );
}
