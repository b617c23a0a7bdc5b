import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PageHead.module.css';

type Props = {
  title: string;
  back?: { to: NonNullable<LinkProps['to']>; params?: Record<string, string>; label: string };
  children?: ReactNode;
};

let firstPage = true;

/** The page's heading. On arrival it takes the focus, so that a screen reader says where one is; not on the first page. */
export function PageHead({ title, back, children }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return (
    <div className={classes.head}>
      <title>{t('shell.pageTitle', { title })}</title>
      {back && (
        <Link className={classes.back} to={back.to} params={(back.params ?? {}) as never}>
          {t('shell.backTo', { place: back.label })}
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
