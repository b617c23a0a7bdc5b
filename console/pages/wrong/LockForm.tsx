import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keysQuery, lockDoors, routesQuery, servicesQuery } from '../../api/front-door.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { ruleName } from '../../words/rule-name.ts';

/** Closes the door in one press; whoever has the time may say what, for whom not, and with which words. */
export function LockForm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { sayChange } = useSaid();
  const services = useQuery(servicesQuery);
  const routes = useQueries({ queries: (services.data ?? []).map(({ id }) => routesQuery(id)) });
  const keys = useQuery(keysQuery);
  const [what, setWhat] = useState('all');
  const [chosen, setChosen] = useState<string[]>([]);
  const [stay, setStay] = useState<string[]>([]);
  const [message, setMessage] = useState('');
  const holders = [
    ...new Set((keys.data ?? []).filter((key) => key.revokedAt === null).map((key) => key.consumer)),
  ].sort();
  const rules = routes.flatMap(({ data }) => data ?? []);
  const lock = useMutation({
    mutationFn: () =>
      lockDoors({
        routes: what === 'all' ? 'all' : chosen,
        allowConsumers: stay,
        ...(message.trim() === '' ? {} : { message: message.trim() }),
      }),
    onSuccess: async ({ change }) => {
      sayChange(t('lock.locked'), change);
      await client.invalidateQueries({ queryKey: ['front-door'] });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        lock.mutate();
      }}
    >
      <Radio.Group label={t('lock.what')} value={what} onChange={setWhat}>
        <div className="row">
          <Radio value="all" label={t('lock.all')} />
          <Radio value="some" label={t('lock.some')} disabled={rules.length === 0} />
        </div>
      </Radio.Group>
      {what === 'some' && (
        <Checkbox.Group aria-label={t('lock.some')} value={chosen} onChange={setChosen}>
          <div className="stack-tight">
            {rules.map((rule) => (
              <Checkbox key={rule.id} value={rule.routeId} label={ruleName(rule)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <details>
        <summary>{t('lock.mayStay')}</summary>
        {holders.length === 0 ? (
          <p className="soft">{t('lock.noHolders')}</p>
        ) : (
          <Checkbox.Group
            aria-label={t('lock.mayStay')}
            description={t('lock.mayStayHint')}
            value={stay}
            onChange={setStay}
          >
            <div className="stack-tight">
              {holders.map((holder) => (
                <Checkbox key={holder} value={holder} label={holder} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <TextInput
          label={t('lock.message')}
          description={t('lock.messageHint')}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
          maxLength={300}
          mt="md"
        />
      </details>
      <ProblemNotice error={lock.error} />
      <div>
        <Button
          type="submit"
          color="stop"
          className="button-stop"
          loading={lock.isPending}
          disabled={what === 'some' && chosen.length === 0}
        >
          {t('lock.lock')}
        </Button>
      </div>
    </form>
  );
}
