import { useTranslation } from 'react-i18next';
import classes from './QrPicture.module.css';

/** Redraws the server's QR code from its numbers alone: no foreign markup enters the page. */
export function QrPicture({ svg }: { svg: string }) {
  const { t } = useTranslation();
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const viewBox = drawn.getAttribute('viewBox') ?? '0 0 1 1';
  const strokes = [...drawn.querySelectorAll('path')].filter((path) => path.hasAttribute('stroke'));
  return (
    <svg
      viewBox={viewBox}
      className={classes.qr}
      role="img"
      aria-label={t('account.extraStep.picture')}
      shapeRendering="crispEdges"
    >
      {strokes.map((path) => (
        <path key={path.getAttribute('d')} className={classes.dots} d={path.getAttribute('d') ?? ''} />
      ))}
    </svg>
  );
}
