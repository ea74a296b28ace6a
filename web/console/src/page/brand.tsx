import { Group, Text } from "@mantine/core";
import { PRODUCT } from "#shared/brand.ts";
import mark from "#shared/mark.svg?inline";

export function Brand() {
  return (
    <Group gap="sm">
      <img src={mark} alt="" width={32} height={32} />
      <Text fw={650} size="lg">
        {PRODUCT}
      </Text>
    </Group>
  );
}
