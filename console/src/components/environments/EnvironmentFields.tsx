// What can be set of an environment, in the form of a new one and of one that there is.
import { Checkbox, ColorInput, NumberInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Environment } from '../../api/places';
import { environmentWords as words } from '../../strings/environments';
import { Locked } from '../../ui/Locked';
import { TagsField } from '../TagsField';

/** The members of an environment that a form changes; the colour with its `#`. */
export type EnvironmentValues = Pick<
  Environment,
  'color' | 'critical' | 'confirmChanges' | 'requireComments' | 'defaultTtl' | 'secureMode' | 'defaultTrackEvents' | 'tags'
>;

export const ENVIRONMENT_FIELDS = [
  'color',
  'critical',
  'confirmChanges',
  'requireComments',
  'defaultTtl',
  'secureMode',
  'defaultTrackEvents',
  'tags',
] as const;

interface EnvironmentFieldsProps<Values extends EnvironmentValues> {
  form: UseFormReturnType<Values>;
  /** Why the reader may not change one of them, where not all are his. */
  refusalOf?: (field: keyof EnvironmentValues) => string | undefined;
}

const SWATCHES = ['#b9402a', '#b07a12', '#3d7a3d', '#0c6e70', '#2558b8', '#5b63b8', '#8a3fa0', '#5a676a'];

const CHECKED = [
  ['critical', words.criticalLabel, words.criticalHint],
  ['confirmChanges', words.confirmLabel, words.confirmHint],
  ['requireComments', words.commentsLabel, words.commentsHint],
  ['secureMode', words.secureLabel, words.secureHint],
  ['defaultTrackEvents', words.trackLabel, words.trackHint],
] as const;

export const colorRule = (color: string) => (/^#[0-9a-f]{6}$/i.test(color) ? null : words.badColor);

export function EnvironmentFields<Values extends EnvironmentValues>({ form, refusalOf = () => undefined }: EnvironmentFieldsProps<Values>) {
  return (
    <>
      <Locked isTold refusal={refusalOf('color')}>
        <ColorInput
          label={words.color}
          description={words.colorHint}
          format="hex"
          swatches={SWATCHES}
          swatchesPerRow={8}
          withEyeDropper={false}
          maw={220}
          {...form.getInputProps('color')}
        />
      </Locked>
      {CHECKED.map(([field, label, description]) => (
        <Locked key={field} isTold refusal={refusalOf(field)}>
          <Checkbox label={label} description={description} {...form.getInputProps(field, { type: 'checkbox' })} />
        </Locked>
      ))}
      <Locked isTold refusal={refusalOf('defaultTtl')}>
        <NumberInput
          label={words.ttlLabel}
          description={words.ttlHint}
          min={0}
          max={60}
          maw={220}
          allowDecimal={false}
          {...form.getInputProps('defaultTtl')}
        />
      </Locked>
      <Locked isTold refusal={refusalOf('tags')}>
        <TagsField kind="environment" {...form.getInputProps('tags')} />
      </Locked>
    </>
  );
}
