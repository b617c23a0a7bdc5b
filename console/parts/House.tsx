import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './House.module.css';

/** lit: on duty; locked: closed on purpose; dark: no gateway guards it; empty: nothing stands behind the door yet. */
export type HouseState = 'lit' | 'locked' | 'dark' | 'empty';

/** The picture that runs through everything: a small house at night. Its lamp says how the front door is; so do the words. */
export function House({ state, small = false }: { state: HouseState; small?: boolean }) {
  const { t } = useTranslation();
  const glow = useId();
  return (
    <svg
      viewBox="0 0 320 190"
      className={small ? classes.small : classes.house}
      data-state={state}
      role="img"
      aria-label={t(`shell.house.${state}`)}
    >
      <defs>
        <radialGradient id={glow}>
          <stop offset="0" className={classes.near} />
          <stop offset="1" className={classes.far} />
        </radialGradient>
      </defs>
      <g className={classes.stars}>
        <circle cx="34" cy="40" r="1.6" />
        <circle cx="78" cy="20" r="1.2" />
        <circle cx="252" cy="26" r="1.6" />
        <circle cx="296" cy="62" r="1.2" />
        <circle cx="20" cy="92" r="1.2" />
      </g>
      <path className={classes.moon} d="M286 22a13 13 0 1 0 8 23 15 15 0 0 1-8-23Z" />
      <circle className={classes.glow} fill={`url(#${glow})`} cx="122" cy="112" r="64" />
      <path className={classes.line} d="M8 172h304" />
      <path className={classes.wall} d="M64 172V88M256 172V88" />
      <path className={classes.line} d="M48 96 160 30l112 66" />
      <path className={classes.line} d="M216 63V40h18v34" />
      <circle className={classes.pane} cx="160" cy="68" r="10" />
      <path className={classes.thin} d="M160 58v20M150 68h20" />
      <rect className={classes.pane} x="164" y="104" width="34" height="30" rx="2" />
      <path className={classes.thin} d="M181 104v30M164 119h34" />
      {/* The front door and its lamp. */}
      <rect className={classes.door} x="100" y="112" width="44" height="60" rx="3" />
      <circle className={classes.knob} cx="135" cy="144" r="2.6" />
      <path className={classes.bar} d="M94 133h56M94 153h56" />
      <path className={classes.thin} d="M122 92v-6" />
      <path className={classes.lamp} d="M114 104a8 8 0 0 1 16 0Z" />
      <path className={classes.thin} d="M110 104h24" />
      {/* The back door, where the business calls its suppliers. */}
      <rect className={classes.back} x="216" y="122" width="28" height="50" rx="3" />
      <circle className={classes.knob} cx="222" cy="149" r="2" />
    </svg>
  );
}
