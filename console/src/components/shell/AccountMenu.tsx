// What a member can do about the account, behind a button.
import { Menu } from '@mantine/core';
import { Fragment, type ReactElement } from 'react';
import { Link } from 'react-router';
import { auth } from '../../api/auth';
import { paths } from '../../paths';
import { shell } from '../../strings/shell';
import { useWrite } from '../../ui/writing';
import { useNavigation } from './seen';
import classes from './shell.module.css';

export interface AccountMenuProps {
  position: 'top-start' | 'top-end';
  /** Where the pages lead that have no place in the bottom bar; without it they are not in the menu. */
  pages?: { project: string; environment: string } | undefined;
  /** The button. */
  children: ReactElement;
}

export default function AccountMenu({ position, pages, children }: AccountMenuProps) {
  const signOut = useWrite({ mutationFn: auth.signOut, onSettled: () => location.assign(paths.login()) });
  return (
    <Menu position={position} width={200}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown className={classes.pages}>
        {pages && <OtherPages {...pages} />}
        <Menu.Item component={Link} to={paths.profile()}>
          {shell.profile}
        </Menu.Item>
        <Menu.Item component={Link} to={paths.shortcuts()}>
          {shell.shortcuts}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate()}>{shell.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function OtherPages({ project, environment }: { project: string; environment: string }) {
  return useNavigation().map(({ label, items }) => (
    <Fragment key={label ?? ''}>
      {label !== undefined && <Menu.Label>{label}</Menu.Label>}
      {items
        .filter((item) => !item.onPhone)
        .map((item) => (
          <Menu.Item
            key={item.label}
            component={Link}
            to={item.to(project, environment)}
            leftSection={<item.icon size={16} stroke={1.6} aria-hidden />}
          >
            {item.label}
          </Menu.Item>
        ))}
    </Fragment>
  ));
}
