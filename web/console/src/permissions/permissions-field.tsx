import { Input, Text } from "@mantine/core";
import { useId, useState } from "react";
import { fill } from "#shared/texts.ts";
import { Checkbox } from "../page/checkbox.tsx";
import { SearchInput } from "../page/search-input.tsx";
import { formatNumber, texts } from "../texts/index.ts";
import { type Area, findPermissions, permissionAreas } from "./catalogue.ts";
import classes from "./permissions-field.module.css";

export interface PermissionsFieldProps {
  label: string;
  description?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  error?: string;
  /** Returns true for what may be given or taken away: nobody gives what they do not hold. */
  canChange: (permission: string) => boolean;
}

/** Choice of permissions by area, with a search. What the search hides stays as it is chosen. */
export function PermissionsField(props: PermissionsFieldProps) {
  const { label, description, value = [], onChange = () => undefined, error, canChange } = props;
  const t = texts.permissions;
  const id = useId();
  const [search, setSearch] = useState("");
  const all = permissionAreas();
  const found = findPermissions(all, search);
  const names = all.flatMap(({ permissions }) => permissions.map(({ name }) => name));
  const chosen = new Set(value);

  const change = (changed: string[], isChosen: boolean) => {
    const others = value.filter((name) => !changed.includes(name));
    onChange(isChosen ? [...others, ...changed].sort() : others);
  };
  return (
    <fieldset className={classes.field} aria-describedby={`${id}-hint`}>
      <legend className={classes.label}>{label}</legend>
      <Text size="xs" c="dimmed" id={`${id}-hint`}>
        {description && <span>{description} </span>}
        <span role="status">
          {fill(t.chosen, {
            n: formatNumber(names.filter((name) => chosen.has(name)).length),
            of: formatNumber(names.length),
          })}
        </span>
      </Text>
      <SearchInput
        aria-label={t.search}
        placeholder={t.search}
        value={search}
        onChange={setSearch}
        onKeyDown={(event) => {
          // Enter in the search must not submit the form.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      {error && <Input.Error role="alert">{error}</Input.Error>}
      {found.map((area) => (
        <AreaField key={area.area} area={area} chosen={chosen} onChange={change} canChange={canChange} />
      ))}
      {!found.length && <Text size="sm">{texts.field.noMatch}</Text>}
    </fieldset>
  );
}

interface AreaFieldProps extends Pick<PermissionsFieldProps, "canChange"> {
  area: Area;
  chosen: Set<string>;
  onChange: (changed: string[], isChosen: boolean) => void;
}

function AreaField({ area, chosen, onChange, canChange }: AreaFieldProps) {
  const names = area.permissions.map(({ name }) => name);
  const changeable = names.filter(canChange);
  const count = names.filter((name) => chosen.has(name)).length;
  return (
    <fieldset className={classes.area}>
      <legend>
        <Checkbox
          className={classes.areaTitle ?? ""}
          label={area.label}
          checked={count === names.length}
          isPartial={count > 0 && count < names.length}
          disabled={!changeable.length}
          onChange={() => {
            // Only permissions that can be changed count: with the others, all might never be chosen.
            onChange(changeable, !changeable.every((name) => chosen.has(name)));
          }}
        />
      </legend>
      <div className={classes.permissions}>
        {area.permissions.map(({ name, label }) => (
          <Checkbox
            key={name}
            label={label}
            checked={chosen.has(name)}
            disabled={!canChange(name)}
            onChange={({ currentTarget }) => {
              onChange([name], currentTarget.checked);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
