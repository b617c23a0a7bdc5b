import { useTranslation } from 'react-i18next';
import { PageHead } from '../../parts/PageHead.tsx';
import { FilePanel } from './FilePanel.tsx';
import { RevisionsPanel } from './RevisionsPanel.tsx';

/** The developer's way: everything at the front door as one YAML file, out and in, and the way back. */
export function ConfigurationPage() {
  const { t } = useTranslation();
  return (
    <div className="stack-wide">
      <PageHead title={t('configuration.title')} back={{ to: '/more', label: t('more.title') }}>
        <p className="soft">{t('configuration.text')}</p>
      </PageHead>
      <FilePanel />
      <RevisionsPanel />
    </div>
  );
}
