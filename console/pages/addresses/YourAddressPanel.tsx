import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { StateMark } from '../../parts/StateMark.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { type BlockList, isThisComputer, withList } from './block-list.ts';

/** From where one looks at this page, so that nobody shuts themselves out. */
export function YourAddressPanel({ lists, address }: { lists: BlockList; address: string }) {
  const { t } = useTranslation();
  const save = useSettingsChange({ of: 'gateway' });
  const allow = lists.allow ?? [];
  const add = () => {
    const patch = { blocklist: withList(lists, 'allow', [...allow, address]) };
    save.mutate({
      patch,
      done: t('addresses.allow.added', { address }),
      undo: { blocklist: withList(lists, 'allow', allow) },
    });
  };
  return (
    <Panel title={t('addresses.yours.title')}>
      <p>
        {t('addresses.yours.youAre')} <code>{address}</code>
      </p>
      <p className="soft">{isThisComputer(address) ? t('addresses.yours.thisComputer') : t('addresses.yours.text')}</p>
      <ProblemNotice error={save.error} />
      {allow.includes(address) ? (
        <StateMark tone="safe">{t('addresses.yours.listed')}</StateMark>
      ) : (
        <div>
          <Button variant="default" onClick={add} loading={save.isPending}>
            {t('addresses.yours.add')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
