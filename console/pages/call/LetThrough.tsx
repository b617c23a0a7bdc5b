import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import { addException, endException } from '../../api/protections.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { exceptionInWords } from '../../words/exception.ts';
import { exceptionFor } from './exception-for.ts';

const LENGTHS = [1, 7, 30] as const;

/** Lets calls like this one through for a while: says exactly what that allows before it is done. */
export function LetThrough({ call }: { call: ActivityDetail }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const [opened, setOpened] = useState(false);
  const [days, setDays] = useState<number>(7);
  const [reason, setReason] = useState('');
  const exception = exceptionFor(call);
  const refresh = () => client.invalidateQueries({ queryKey: ['exceptions'] });
  const end = useMutation({
    mutationFn: endException,
    onSuccess: async ({ change }) => {
      sayChange(t('protection.exceptions.ended'), change);
      await refresh();
    },
  });
  const add = useMutation({
    mutationFn: addException,
    onSuccess: async (made) => {
      setOpened(false);
      const length = t('protection.letThrough.days', { count: days });
      sayChange(t('protection.letThrough.done', { length }), made.change, () => end.mutate(made.exception.id));
      await refresh();
    },
  });
  if (exception === null) return null;
  const words = reason.trim();
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('protection.letThrough.deed')}
      </Button>
      <ProblemNotice error={end.error} />
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={<strong>{t('protection.letThrough.title')}</strong>}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate({ ...exception, days, ...(words === '' ? {} : { reason: words }) });
          }}
        >
          <p>{exceptionInWords(i18n, exception)}</p>
          <p className="soft">{t('protection.letThrough.rest')}</p>
          <Radio.Group
            label={t('protection.letThrough.long')}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
          >
            <div className="row">
              {LENGTHS.map((length) => (
                <Radio key={length} value={String(length)} label={t('protection.letThrough.days', { count: length })} />
              ))}
            </div>
          </Radio.Group>
          <TextInput
            label={t('protection.letThrough.reason')}
            description={t('protection.letThrough.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
          />
          <ProblemNotice error={add.error} />
          <div>
            <Button type="submit" loading={add.isPending} data-autofocus>
              {t('protection.letThrough.go', { count: days })}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
