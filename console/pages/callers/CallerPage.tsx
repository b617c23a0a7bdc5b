import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CallerSettings } from '../../api/consumers.ts';
import { settingsQuery } from '../../api/settings.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { TextLink } from '../../parts/TextLink.tsx';
import { AttributesPanel } from './AttributesPanel.tsx';
import { PasswordsPanel } from './PasswordsPanel.tsx';

export function CallerPage() {
  const { t } = useTranslation();
  const { caller = '' } = useParams({ strict: false });
  const settings = useQuery(settingsQuery<CallerSettings>({ of: 'caller', id: caller }));
  return (
    <div className="stack-wide">
      <PageHead title={caller} back={{ to: '/front-door/callers', label: t('callers.title') }} />
      <Loaded query={settings} rows={2} height={160}>
        {({ attributes = {}, basic = [] }) => (
          <>
            <AttributesPanel key={JSON.stringify(attributes)} caller={caller} attributes={attributes} />
            <PasswordsPanel caller={caller} usernames={basic.map(({ username }) => username)} />
          </>
        )}
      </Loaded>
      <TextLink search={{ of: 'caller', id: caller, part: 'certificates' }} />
    </div>
  );
}
