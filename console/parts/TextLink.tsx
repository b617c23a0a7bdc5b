import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TextSearch } from '../shell/page-search.ts';

/** The way from a form to the same thing as text, for a developer. */
export function TextLink({ search }: { search: TextSearch }) {
  const { t } = useTranslation();
  return (
    <p className="small">
      <Link to="/front-door/text" search={search}>
        {t('settings.asText')}
      </Link>
    </p>
  );
}
