import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { settingsQuery, yourAddressQuery } from '../../api/settings.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { TextLink } from '../../parts/TextLink.tsx';
import { AddressList } from './AddressList.tsx';
import type { BlockList } from './block-list.ts';
import { YourAddressPanel } from './YourAddressPanel.tsx';

/** Who is turned away whatever they show, and who never is. */
export function AddressesPage() {
  const { t } = useTranslation();
  const { address = '' } = useSearch({ strict: false });
  const settings = useQuery(settingsQuery<{ blocklist?: BlockList }>({ of: 'gateway' }));
  const you = useQuery(yourAddressQuery);
  const yours = you.data?.address ?? null;
  return (
    <div className="stack-wide">
      <PageHead title={t('addresses.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">{t('addresses.text')}</p>
      </PageHead>
      <Loaded query={settings} rows={3} height={140}>
        {({ blocklist = {} }) => (
          <>
            <AddressList which="deny" lists={blocklist} yours={yours} offered={address} />
            <AddressList which="allow" lists={blocklist} yours={yours} offered="" />
            {yours !== null && <YourAddressPanel lists={blocklist} address={yours} />}
          </>
        )}
      </Loaded>
      <TextLink search={{ of: 'gateway', part: 'blocklist' }} />
    </div>
  );
}
