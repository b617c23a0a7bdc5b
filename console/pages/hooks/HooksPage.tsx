import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '../../api/settings.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { TextLink } from '../../parts/TextLink.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { HookForm, type Hooks } from './HookForm.tsx';

/** Suppliers that call by themselves when something happened, and prove it with a signature. */
export function HooksPage() {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery<{ webhooks?: Hooks }>({ of: 'gateway' }));
  return (
    <div className="stack-wide">
      <PageHead title={t('hooks.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">{t('hooks.text')}</p>
      </PageHead>
      <Loaded query={settings} rows={3} height={120}>
        {({ webhooks = {} }) => (
          <>
            <HookList hooks={webhooks} />
            <HookForm hooks={webhooks} />
          </>
        )}
      </Loaded>
      <TextLink search={{ of: 'gateway', part: 'webhooks' }} />
    </div>
  );
}

function HookList({ hooks }: { hooks: Hooks }) {
  const { t } = useTranslation();
  const save = useSettingsChange({ of: 'gateway' });
  const remove = (name: string) => {
    const { [name]: _, ...others } = hooks;
    const patch = { webhooks: Object.keys(others).length === 0 ? null : others };
    save.mutate({ patch, done: t('hooks.removed', { name }), undo: { webhooks: hooks } });
  };
  return (
    <Panel title={<Term id="hook">{t('hooks.list')}</Term>}>
      {Object.keys(hooks).length === 0 ? (
        <EmptyState text={t('hooks.empty')} />
      ) : (
        <LineList>
          {Object.entries(hooks).map(([name, { vendor = name, secrets }]) => (
            <LineList.Line
              key={name}
              main={name}
              under={
                <>
                  {t(`hooks.vendor.${vendor}`, { defaultValue: vendor })} ·{' '}
                  {secrets.map((secret) => ('env' in secret ? secret.env : secret.file)).join(', ')}
                </>
              }
              deed={
                <Button
                  variant="subtle"
                  color="stop"
                  onClick={() => remove(name)}
                  disabled={save.isPending}
                  aria-label={t('hooks.removeNamed', { name })}
                >
                  {t('hooks.remove')}
                </Button>
              }
            />
          ))}
        </LineList>
      )}
      <ProblemNotice error={save.error} />
    </Panel>
  );
}
