import { useTranslation } from 'react-i18next';
import classes from './Skeleton.module.css';

/** Holds the place of `rows` lines of `height` pixels while they are fetched, so that nothing jumps when they come. */
export function Skeleton({ rows = 1, height = 56 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className="stack-tight" role="status">
      <span className="visually-hidden">{t('shell.loading')}</span>
      {Array.from({ length: rows }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move
        <div key={place} className={classes.bar} style={{ height }} />
      ))}
    </div>
  );
}
