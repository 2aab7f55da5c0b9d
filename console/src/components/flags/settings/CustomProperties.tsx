// What other programs read of a flag: named lists of values, edited with the rest of its settings.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { LONGEST, MOST_VALUES, propertyFaults, type Property, type PropertyFault } from '../../../format/customProperties';
import { flagSettingsWords as words } from '../../../strings/flagSettings';
import { Locked } from '../../../ui/Locked';
import { afterPress } from '../../../ui/pressed';
import { ValuesInput } from '../../../ui/ValuesInput';
import { Section } from '../../Section';
import classes from './settings.module.css';

export interface CustomPropertiesProps {
  value: Property[];
  onChange: (value: Property[]) => void;
  /** Why they may not be changed. */
  refusal: string | undefined;
}

export function CustomProperties({ value, onChange, refusal }: CustomPropertiesProps) {
  const faults = propertyFaults(value);
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} />}
      onClick={() => onChange([...value, { key: '', name: '', values: [], isNew: true }])}
    >
      {words.addProperty}
    </Button>
  );
  return (
    <Section title={words.properties} hint={words.propertiesHint}>
      <Locked isTold refusal={refusal}>
        <div className={classes.fields}>
          {value.length === 0 && <p className={classes.hint}>{words.noProperties}</p>}
          {value.map((property, place) => (
            <PropertyRow
              key={property.isNew ? `new ${place}` : `kept ${property.key}`}
              property={property}
              fault={faults[place]}
              onChange={(next) => onChange(value.map((one, other) => (other === place ? next : one)))}
              onRemove={() => onChange(value.filter((_, other) => other !== place))}
            />
          ))}
          <div>{add}</div>
        </div>
      </Locked>
    </Section>
  );
}

interface PropertyRowProps {
  property: Property;
  fault: PropertyFault | undefined;
  onChange: (property: Property) => void;
  onRemove: () => void;
}

function PropertyRow({ property, fault, onChange, onRemove }: PropertyRowProps) {
  const { key, name, values, isNew = false } = property;
  const [left, setLeft] = useState({ key: false, values: false });
  const leave = (part: keyof typeof left) => afterPress(() => setLeft((before) => ({ ...before, [part]: true })));
  const said = fault && words.propertyFaults[fault];
  const ofKey = fault === 'twice' || (fault === 'keyMissing' && left.key);
  return (
    <div role="group" aria-label={name || key || words.addProperty} className={classes.property}>
      <TextInput
        label={words.propertyKey}
        description={isNew ? undefined : words.propertyKeyLocked}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={LONGEST}
        readOnly={!isNew}
        value={key}
        error={ofKey && said}
        onBlur={() => leave('key')}
        onChange={(event) => onChange({ ...property, key: event.currentTarget.value })}
      />
      <TextInput
        label={words.propertyName}
        description={isNew ? words.propertyNameHint : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={LONGEST}
        value={name}
        onChange={(event) => onChange({ ...property, name: event.currentTarget.value })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={words.removeProperty(name || key)} onClick={onRemove} className={classes.remove}>
        <IconTrash size={16} />
      </ActionIcon>
      <ValuesInput
        className={classes.values}
        label={words.propertyValues}
        maxTags={MOST_VALUES}
        value={values}
        error={fault === 'valuesMissing' && (left.values || !isNew) && said}
        onBlur={() => leave('values')}
        onChange={(next) => onChange({ ...property, values: next })}
      />
    </div>
  );
}
