// Everything by its name, from anywhere, and what can be done with it.
import { Modal } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { inEnvironment } from '../../paths';
import { paletteWords as words } from '../../strings/palette';
import { shell } from '../../strings/shell';
import { Layer, useLayer } from '../../ui/shortcuts';
import { tellDone } from '../../ui/toast';
import { useSwitching } from '../flags/switching';
import { rememberPlace, type Place } from '../place';
import type { Choice } from './finding';
import { PaletteContent } from './PaletteContent';
import classes from './palette.module.css';

export interface PaletteProps {
  place: Place;
  /** Whether the page is about an environment: it then follows the one that is chosen here. */
  hasEnvironment: boolean;
  isOpen: boolean;
  onClose: () => void;
}

export function Palette({ place, hasEnvironment, isOpen, onClose }: PaletteProps) {
  const layer = useLayer(isOpen);
  const here = useHere(place, hasEnvironment);
  const { turn } = useSwitching(place.project.key, here.environment);
  const navigate = useNavigate();
  const clipboard = useClipboard();
  const copy = (key: string) => {
    clipboard.copy(key);
    tellDone(words.copied(key));
  };
  const run = (choice: Choice) => {
    onClose();
    if (choice.to !== undefined) void navigate(choice.to);
    else setTimeout(() => choice.run?.()); // once the layer is gone: it may be about what has the focus
  };
  return (
    <Modal.Root opened={isOpen} onClose={onClose} closeOnEscape={false} size={640} zIndex={400}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={shell.palette} classNames={{ inner: classes.inner, content: classes.content }}>
        <Layer value={layer}>
          <PaletteContent
            place={{ ...place, environment: here.environment }}
            acting={{ project: place.project.key, environment: here.environment, turn, copy }}
            onChooseEnvironment={here.choose}
            onRun={run}
            onClose={onClose}
          />
        </Layer>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The environment that is meant: that of the page, which goes along; of pages without one the last that was chosen. */
function useHere({ project, environment, environments }: Place, hasEnvironment: boolean) {
  const [chosen, setChosen] = useState<string>();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const choose = (key: string) => {
    if (hasEnvironment) void navigate(inEnvironment(pathname, key, search));
    else {
      rememberPlace(project.key, key);
      setChosen(key);
    }
  };
  const known = hasEnvironment ? undefined : environments.find(({ key }) => key === chosen);
  return { environment: known ?? environment, choose };
}
