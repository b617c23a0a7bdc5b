import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { faultAt } from '../../words/fault-at.ts';
import { type BlockList, tidyAddress, type Which, withList } from './block-list.ts';

type Props = { which: Which; lists: BlockList; yours: string | null; offered: string };

/** One of the two lists: what stands in it, and a field to write one more into it. */
export function AddressList({ which, lists, yours, offered }: Props) {
  const { t } = useTranslation();
  const list = lists[which] ?? [];
  const [typed, setTyped] = useState(offered);
  const save = useSettingsChange({ of: 'gateway' });
  const address = tidyAddress(typed);
  const isThere = list.includes(address);
  const fault = faultAt(save.error, `blocklist.${which}`);
  const add = () => {
    const patch = { blocklist: withList(lists, which, [...list, address]) };
    save.mutate({ patch, done: t(`addresses.${which}.added`, { address }) }, { onSuccess: () => setTyped('') });
  };
  const remove = (one: string) => {
    const next = list.filter((other) => other !== one);
    const done = t('addresses.removed', { address: one });
    save.mutate({ patch: { blocklist: withList(lists, which, next) }, done, undo: { blocklist: lists } });
  };
  return (
    <Panel title={<Term id={which === 'deny' ? 'blockList' : 'allowList'}>{t(`addresses.${which}.title`)}</Term>}>
      {list.length === 0 ? (
        <EmptyState text={t(`addresses.${which}.empty`)} />
      ) : (
        <LineList>
          {list.map((one) => (
            <LineList.Line
              key={one}
              main={
                <>
                  <code>{one}</code>
                  {one === yours && <StateMark tone="plain">{t('addresses.you')}</StateMark>}
                </>
              }
              under={one.includes('/') ? t('addresses.network') : undefined}
              deed={
                <Button
                  variant="subtle"
                  onClick={() => remove(one)}
                  aria-label={t('addresses.removeNamed', { address: one })}
                  disabled={save.isPending}
                >
                  {t('addresses.remove')}
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
          add();
        }}
      >
        <TextInput
          label={t(`addresses.${which}.field`)}
          description={t('addresses.fieldHint')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            save.reset();
          }}
          error={isThere ? t('addresses.there') : fault}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        {which === 'deny' && address === yours && (
          <Notice tone="watch">
            <p>{t('addresses.thatIsYou')}</p>
          </Notice>
        )}
        <ProblemNotice error={fault === undefined ? save.error : null} />
        <div>
          <Button
            type="submit"
            variant={which === 'deny' ? 'filled' : 'default'}
            loading={save.isPending}
            disabled={address === '' || isThere}
          >
            {t(`addresses.${which}.add`)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
