// What to try after the first steps, below a flag.
import { IconActivity, IconChevronRight, IconTarget, IconUsers, type Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../paths';
import { welcomeWords as words } from '../../strings/live';
import classes from './welcome.module.css';

/** `flag` is empty until there is one. */
export function NextSteps({ project, environment, flag }: { project: string; environment: string; flag: string }) {
  return (
    <nav className={classes.then} aria-label={words.then}>
      <FlagPicture />
      <h2>{words.then}</h2>
      {flag !== '' && <Next icon={IconTarget} label={words.toFlag} to={paths.flag(project, environment, flag)} />}
      <Next icon={IconActivity} label={words.toLive} to={paths.live(project, environment)} />
      <Next icon={IconUsers} label={words.toMembers} to={paths.members()} />
      <Link className={classes.skip} to={paths.flags(project, environment)}>
        {words.skip}
      </Link>
    </nav>
  );
}

function Next({ icon: Shape, label, to }: { icon: Icon; label: string; to: string }) {
  return (
    <Link className={classes.next} to={to}>
      <Shape size={16} stroke={1.6} aria-hidden />
      <span>{label}</span>
      <IconChevronRight size={14} stroke={1.6} aria-hidden />
    </Link>
  );
}

/** A flag on its staff, in three tones. */
const FlagPicture = () => (
  <svg className={classes.picture} viewBox="0 0 262 180" role="presentation">
    <path className={classes.first} d="M42 22c22-12 42-8 62-2v90c-20-6-40-10-62 2z" />
    <path className={classes.second} d="M104 20c24 7 46 10 70-1v90c-24 11-46 8-70 1z" />
    <path className={classes.third} d="M174 19c22-10 42-12 68 2v90c-26-14-46-12-68-2z" />
    <path className={classes.edge} d="M42 22c22-12 42-8 62-2 24 7 46 10 70-1 22-10 42-12 68 2v90c-26-14-46-12-68-2-24 11-46 8-70 1-20-6-40-10-62 2z" />
    <path className={classes.staff} d="M37 16v152" />
    <circle className={classes.knob} cx="37" cy="13" r="5" />
    <path className={classes.ground} d="M4 169h254" />
  </svg>
);
