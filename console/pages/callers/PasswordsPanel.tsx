import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PasswordMade } from '../../../src/contracts/api/settings.ts';
import { endPassword, makePassword } from '../../api/consumers.ts';
import { Copyable } from '../../parts/Copyable.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSaid } from '../../shell/Said.tsx';

/** User names and passwords, for programs that can do nothing better. A password is shown once. */
export function PasswordsPanel({ caller, usernames }: { caller: string; usernames: string[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const [username, setUsername] = useState('');
  const [made, setMade] = useState<PasswordMade | null>(null);
  const make = useMutation({
    mutationFn: () => makePassword(caller, username.trim()),
    onSuccess: async (done) => {
      setMade(done);
      setUsername('');
      sayChange(t('callers.passwords.made', { username: done.username }), done.change);
      await client.invalidateQueries({ queryKey: ['settings'] });
    },
  });
  const end = useMutation({
    mutationFn: (name: string) => endPassword(caller, name),
    onSuccess: async ({ change }, name) => {
      sayChange(t('callers.passwords.ended', { username: name }), change);
      await client.invalidateQueries({ queryKey: ['settings'] });
    },
  });
  return (
    <Panel title={t('callers.passwords.title')}>
      <p className="soft">{t('callers.passwords.text')}</p>
      {made !== null && (
        <Notice tone="watch" title={t('callers.passwords.once')}>
          <Copyable name={t('callers.passwords.the', { username: made.username })} text={made.password} />
          <div>
            <Button variant="default" onClick={() => setMade(null)}>
              {t('callers.passwords.put')}
            </Button>
          </div>
        </Notice>
      )}
      {usernames.length === 0 ? (
        <EmptyState text={t('callers.passwords.empty')} />
      ) : (
        <LineList>
          {usernames.map((name) => (
            <LineList.Line
              key={name}
              main={<code>{name}</code>}
              deed={
                <Button
                  variant="subtle"
                  color="stop"
                  onClick={() => end.mutate(name)}
                  disabled={end.isPending}
                  aria-label={t('callers.passwords.endNamed', { username: name })}
                >
                  {t('callers.passwords.end')}
                </Button>
              }
            />
          ))}
        </LineList>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label={t('callers.passwords.username')}
          description={t('callers.passwords.usernameHint')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          maxLength={128}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <ProblemNotice error={make.error ?? end.error} />
        <div>
          <Button type="submit" variant="default" loading={make.isPending} disabled={username.trim() === ''}>
            {t('callers.passwords.make')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
