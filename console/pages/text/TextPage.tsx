import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../src/contracts/api/settings.ts';
import { type SettingsOf, settingsQuery } from '../../api/settings.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { readTextSearch } from '../../shell/page-search.ts';
import { PartEditor } from './PartEditor.tsx';

/** By their names in the configuration; what else is set already is offered too. */
const PARTS: Record<SettingsOf['of'], string[]> = {
  gateway: [
    'server',
    'blocklist',
    'bans',
    'rateLimits',
    'attackFilter',
    'responseGuard',
    'jwt',
    'oauth2',
    'webhooks',
    'outbound',
  ],
  service: ['openapi', 'attackFilter', 'upstream', 'timeouts', 'health', 'breaker', 'retry'],
  route: [
    ...['validate', 'ownership', 'auth', 'rateLimit', 'concurrency', 'loginProtection', 'limits'],
    ...['allowEncodedSlash', 'attackFilter', 'responseGuard'],
  ],
  caller: ['attributes', 'certificates'],
};

/** One part of the configuration as text: for everything that has no form, and for those who like text better. */
export function TextPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = readTextSearch(useSearch({ strict: false }));
  const { of, id = '', part } = search;
  const whose: SettingsOf = of === 'gateway' ? { of } : { of, id };
  const settings = useQuery(settingsQuery<Settings>(whose));
  return (
    <div className="stack-wide">
      <PageHead title={t('text.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">{t('text.text')}</p>
      </PageHead>
      <Loaded query={settings} rows={2} height={200}>
        {(all) => {
          const names = [...new Set([...PARTS[of], ...(of === 'caller' ? [] : Object.keys(all))])];
          const chosen = names.find((name) => name === part) ?? names[0] ?? '';
          return (
            <Panel title={t(`text.of.${of}`)}>
              <NativeSelect
                label={t('text.part')}
                value={chosen}
                onChange={(event) => {
                  const next = { ...search, part: event.currentTarget.value };
                  void navigate({ to: '/front-door/text', search: next, replace: true });
                }}
                data={names}
              />
              <PartEditor
                key={`${chosen} ${JSON.stringify(all[chosen])}`}
                whose={whose}
                part={chosen}
                value={all[chosen]}
              />
            </Panel>
          );
        }}
      </Loaded>
    </div>
  );
}
