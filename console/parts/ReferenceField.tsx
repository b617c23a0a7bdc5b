import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ReferenceField.module.css';

/** "Paste the reference": leads to the page that explains that one call. */
export function ReferenceField() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const reference = text.trim().toUpperCase();
  return (
    <form
      className={classes.find}
      onSubmit={(event) => {
        event.preventDefault();
        if (reference !== '') void navigate({ to: '/activity/calls/$reference', params: { reference } });
      }}
    >
      <TextInput
        className={classes.field}
        label={t('activity.find.label')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder="01JD4Z…"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={64}
      />
      <Button type="submit" variant="default">
        {t('activity.find.go')}
      </Button>
    </form>
  );
}
