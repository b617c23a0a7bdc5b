import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../parts/Notice.tsx';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { faultAt } from '../../words/fault-at.ts';
import { type Owned, ownedOf, ownershipOf, pathParameters, WHERE } from './ownership-answers.ts';

type Props = { routeId: string; path: string; ownership: unknown };

/** Callers get at what is theirs alone: a part of the call has to be what the caller is known by. */
export function OwnershipPanel({ routeId, path, ownership }: Props) {
  const { t } = useTranslation();
  const before = ownedOf(ownership);
  const parameters = pathParameters(path);
  const [first] = parameters;
  const fresh: Owned =
    first === undefined ? { where: 'query', name: '', attribute: '' } : { where: 'path', name: first, attribute: '' };
  const [on, setOn] = useState(ownership !== undefined);
  const [owned, setOwned] = useState(before ?? fresh);
  const save = useSettingsChange({ of: 'route', id: routeId });
  const change = (some: Partial<Owned>) => setOwned({ ...owned, ...some });
  if (ownership !== undefined && before === null) {
    return (
      <Notice tone="plain" title={t('rule.owner.title')}>
        <p>{t('rule.asTextAlready')}</p>
      </Notice>
    );
  }
  const next = on ? ownershipOf(owned) : null;
  return (
    <SavePanel
      title={<Term id="ownership">{t('rule.owner.title')}</Term>}
      action={t('rule.owner.save')}
      saving={save}
      unchanged={JSON.stringify(next) === JSON.stringify(ownership ?? null)}
      onSave={() =>
        save.mutate({ patch: { ownership: next }, done: t('rule.owner.saved'), undo: { ownership: ownership ?? null } })
      }
    >
      <Checkbox
        label={t('rule.owner.on')}
        description={t('rule.owner.onHint')}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      {on && (
        <>
          <NativeSelect
            label={t('rule.owner.where')}
            value={owned.where}
            onChange={(event) => change({ where: WHERE.find((one) => one === event.currentTarget.value) ?? 'path' })}
            data={WHERE.filter((one) => one !== 'path' || parameters.length > 0).map((value) => ({
              value,
              label: t(`rule.owner.places.${value}`),
            }))}
          />
          {owned.where === 'path' ? (
            <NativeSelect
              label={t('rule.owner.part')}
              value={owned.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              data={[...new Set([...parameters, owned.name])]}
            />
          ) : (
            <TextInput
              label={t('rule.owner.field')}
              value={owned.name}
              onChange={(event) => change({ name: event.currentTarget.value.trim() })}
              error={faultAt(save.error, 'ownership.param')}
              required
              withAsterisk={false}
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
          <TextInput
            label={t('rule.owner.attribute')}
            description={t('rule.owner.attributeHint')}
            value={owned.attribute}
            onChange={(event) => change({ attribute: event.currentTarget.value.trim() })}
            error={faultAt(save.error, 'ownership.equals')}
            autoCapitalize="none"
            spellCheck={false}
          />
        </>
      )}
    </SavePanel>
  );
}
