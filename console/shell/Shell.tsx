import { IconLifebuoy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { frontDoorQuery } from '../api/front-door.ts';
import { useConsoleState } from '../api/state.ts';
import { House } from '../parts/House.tsx';
import { ProblemNotice } from '../parts/Notice.tsx';
import { houseState } from './house-state.ts';
import { PLACES } from './navigation.ts';
import classes from './Shell.module.css';

/** What every signed-in page stands in: the places at the side or at the foot, and help that is never further than one tap. */
export function Shell() {
  const { t } = useTranslation();
  const state = useConsoleState();
  const door = useQuery({ ...frontDoorQuery, enabled: state.account !== null });
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its top
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
  const router = useRouter();
  const outside = state.account === null;
  // The way in is asked for again, and leads to the sign-in page.
  useEffect(() => {
    if (outside) void router.invalidate();
  }, [outside, router]);
  if (outside) return null;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('shell.skip')}
      </a>
      <header className={classes.header}>
        <Link to="/front-door" className={classes.brand}>
          <span className={classes.picture}>
            <House state={door.data === undefined ? 'empty' : houseState(door.data, 1)} small />
          </span>
          <span className={classes.business}>{state.businessName ?? t('shell.product')}</span>
        </Link>
        <nav className={classes.places} aria-label={t('shell.nav.label')}>
          <ul>
            {PLACES.map(({ to, icon: Icon, label }) => (
              <li key={to}>
                <Link to={to} className={classes.place} activeProps={{ 'aria-current': 'page' }}>
                  <Icon size={22} stroke={1.8} aria-hidden="true" />
                  {t(label)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Link to="/wrong" className={classes.wrong}>
          <IconLifebuoy size={20} stroke={1.8} aria-hidden="true" />
          {t('shell.wrong')}
        </Link>
      </header>
      <main id="content" className={classes.main} tabIndex={-1}>
        {state.practice && <p className={classes.practice}>{t('shell.practice')}</p>}
        {door.isError && (
          <div className={classes.silent}>
            <ProblemNotice error={door.error} />
          </div>
        )}
        <Outlet />
      </main>
    </div>
  );
}
