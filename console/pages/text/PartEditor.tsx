import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsOf } from '../../api/settings.ts';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { LinedFaults } from '../../yaml/LinedFaults.tsx';
import { type LinedFault, linedFaults } from '../../yaml/lined-faults.ts';
import { readText, toText } from '../../yaml/part-text.ts';

type Props = { whose: SettingsOf; part: string; value: unknown };

export function PartEditor({ whose, part, value }: Props) {
  const { t } = useTranslation();
  const [before] = useState(() => toText(value));
  const [text, setText] = useState(before);
  const [slips, setSlips] = useState<LinedFault[]>([]);
  const save = useSettingsChange(whose);
  const send = () => {
    const read = readText(text);
    setSlips('faults' in read ? read.faults : []);
    if ('faults' in read) return;
    save.mutate({ patch: { [part]: read.value }, done: t('text.saved', { part }), undo: { [part]: value ?? null } });
  };
  const faults = slips.length > 0 ? slips : linedFaults(save.error, text, part);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        label={t('text.yaml', { part })}
        description={t('text.yamlHint')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setSlips([]);
          save.reset();
        }}
        autosize
        minRows={8}
        maxRows={30}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        styles={{ input: { fontFamily: 'var(--type-mono)' } }}
      />
      {faults.length > 0 ? <LinedFaults faults={faults} /> : <ProblemNotice error={save.error} />}
      {text.trim() === '' && before !== '' && (
        <Notice tone="watch">
          <p>{t('text.empties')}</p>
        </Notice>
      )}
      <div>
        <Button type="submit" loading={save.isPending} disabled={text === before}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}
