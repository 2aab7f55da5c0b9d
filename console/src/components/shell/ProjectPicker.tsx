// The project, on top of the sidebar; a switch keeps the kind of page.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { environmentsQuery, projectQuery, projectsQuery } from '../../api/places';
import { inOtherProject } from '../../paths';
import { shell } from '../../strings/shell';
import { useRouter } from '../../ui/address';
import { Picker, type PickerHandle } from '../../ui/Picker';
import { useShortcuts } from '../../ui/shortcuts';
import { tellFailed } from '../../ui/toast';
import { words } from '../../strings/shared';
import { usualEnvironment } from '../place';
import classes from './shell.module.css';

export function ProjectPicker({ project }: { project: string }) {
  const [search, setSearch] = useState('');
  const handle = useRef<PickerHandle>(null);
  const router = useRouter();
  const client = useQueryClient();
  const found = useQuery(projectsQuery(search));
  const name = useQuery(projectQuery(project)).data?.name ?? project;
  useShortcuts([{ keys: 'p', label: shell.project, run: () => handle.current?.open(), scope: 'everywhere' }]);
  const choose = (key: string) => {
    client
      .query(environmentsQuery(key))
      .then(({ items }) => {
        const { pathname } = router.state.location;
        return router.navigate(inOtherProject(pathname, key, usualEnvironment(key, items)?.key ?? ''));
      })
      .catch((error: unknown) => tellFailed(words.couldNotLoad(key), error));
  };
  return (
    <Picker
      handle={handle}
      label={shell.pickProject(name)}
      className={classes.projectPicker}
      shown={
        <>
          <span className={classes.projectMark} aria-hidden>
            {name.slice(0, 2).toUpperCase()}
          </span>
          <span className={`${classes.pickerName} ${classes.wide}`} dir="auto">
            {name}
          </span>
        </>
      }
      choices={(found.data?.items ?? []).map(({ key, name: called }) => ({ key, name: called }))}
      chosen={project}
      onChoose={choose}
      onSearch={setSearch}
      asked={found}
      searchLabel={shell.findProject}
      nothingFound={shell.nothingFound}
    />
  );
}
