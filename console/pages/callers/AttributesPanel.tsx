import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SavePanel } from '../../parts/SavePanel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { faultAt } from '../../words/fault-at.ts';
import classes from '../rule/LimitsField.module.css';

type Props = { caller: string; attributes: Record<string, string> };

/** What the caller is known by, for rules that let everybody at their own things only. */
export function AttributesPanel({ caller, attributes }: Props) {
  const { t } = useTranslation();
  const [lines, setLines] = useState(() => Object.entries(attributes));
  const save = useSettingsChange({ of: 'caller', id: caller });
  const next = Object.fromEntries(lines.map(([name, value]) => [name.trim(), value.trim()]));
  const isTwice = Object.keys(next).length < lines.length;
  return (
    <SavePanel
      title={<Term id="attribute">{t('callers.attributes.title')}</Term>}
      action={t('callers.attributes.save')}
      saving={save}
      unchanged={JSON.stringify(next) === JSON.stringify(attributes) || isTwice}
      onSave={() =>
        save.mutate({ patch: { attributes: next }, done: t('callers.attributes.saved'), undo: { attributes } })
      }
    >
      {lines.length === 0 && <p className="soft">{t('callers.attributes.empty')}</p>}
      {lines.map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: while its name is typed, an attribute's place is what it is
        <fieldset className={classes.limit} key={place}>
          <legend className={classes.words}>{name === '' ? t('callers.attributes.fresh') : name}</legend>
          <div className={classes.fields}>
            <TextInput
              label={t('callers.attributes.name')}
              value={name}
              onChange={(event) => setLines(lines.with(place, [event.currentTarget.value, value]))}
              error={isTwice && place === lines.length - 1 ? t('callers.attributes.twice') : undefined}
              required
              withAsterisk={false}
              maxLength={64}
              autoCapitalize="none"
              spellCheck={false}
            />
            <TextInput
              label={t('callers.attributes.value')}
              value={value}
              onChange={(event) => setLines(lines.with(place, [name, event.currentTarget.value]))}
              error={faultAt(save.error, `attributes.${name}`)}
              maxLength={512}
              spellCheck={false}
            />
          </div>
          <div>
            <Button
              variant="subtle"
              color="stop"
              onClick={() => setLines(lines.toSpliced(place, 1))}
              aria-label={t('callers.attributes.removeNamed', { name })}
            >
              {t('callers.attributes.remove')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button variant="default" onClick={() => setLines([...lines, ['', '']])}>
          {t('callers.attributes.add')}
        </Button>
      </div>
    </SavePanel>
  );
}
