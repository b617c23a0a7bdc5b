import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeInWords } from '../../words/scope.ts';

type Props = { chosen: string[]; known: string[]; onChange: (scopes: string[]) => void };

/** What a key must be allowed: ticks for what other rules already ask for, and a field for something new. */
export function ScopesField({ chosen, known, onChange }: Props) {
  const { t } = useTranslation();
  const [fresh, setFresh] = useState('');
  const all = [...new Set([...known, ...chosen])].sort();
  const add = () => {
    const scope = fresh.trim();
    if (scope !== '' && !chosen.includes(scope)) onChange([...chosen, scope]);
    setFresh('');
  };
  return (
    <div className="stack">
      {all.length > 0 && (
        <Checkbox.Group
          label={t('rules.form.scopes')}
          description={t('rules.form.scopesHint')}
          value={chosen}
          onChange={onChange}
        >
          <div className="stack-tight">
            {all.map((scope) => (
              <Checkbox key={scope} value={scope} label={scopeInWords(t, scope)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <div className="row">
        <TextInput
          label={t('rules.form.newScope')}
          description={t('rules.form.newScopeHint')}
          value={fresh}
          onChange={(event) => setFresh(event.currentTarget.value.replaceAll(/\s/g, ''))}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
      <div>
        <Button variant="default" onClick={add} disabled={fresh === ''}>
          {t('rules.form.addScope')}
        </Button>
      </div>
    </div>
  );
}
