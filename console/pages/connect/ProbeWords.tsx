import { useTranslation } from 'react-i18next';
import type { Probe } from '../../api/front-door.ts';
import { Notice } from '../../parts/Notice.tsx';

/** What the look at the address found, in plain words. */
export function ProbeWords({ result }: { result: Probe }) {
  const { t, i18n } = useTranslation();
  if (result.reachable) {
    const fault = result.status !== null && result.status >= 400;
    return (
      <Notice tone="safe">
        <p>
          {fault ? t('frontDoor.connectPage.foundFault', { status: result.status }) : t('frontDoor.connectPage.found')}
        </p>
        {result.openapiPath !== null && <p>{t('frontDoor.connectPage.description', { path: result.openapiPath })}</p>}
      </Notice>
    );
  }
  const known = `frontDoor.connectPage.silent.${result.code}`;
  return (
    <Notice tone="watch">
      <p>{i18n.exists(known) ? t(known) : t('frontDoor.connectPage.silent.other')}</p>
      {result.code !== 'forbidden-address' && <p>{t('frontDoor.connectPage.goOnAnyway')}</p>}
    </Notice>
  );
}
