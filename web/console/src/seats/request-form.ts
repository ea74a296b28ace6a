import { useForm } from "@mantine/form";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import type { NewSeatRequest, SeatRequest } from "../api/seats.ts";
import type { FieldOfPath } from "../page/form-errors.ts";
import { formatNumber, texts } from "../texts/index.ts";

interface RequestValues {
  kind: SeatRequest["kind"];
  quantity: string;
  reason: string;
}

export const FIELD_OF_PATH: FieldOfPath<RequestValues> = { kind: "kind", quantity: "quantity", reason: "reason" };

export const REASON_LENGTH = 500;
const MAX_QUANTITY = 10_000;

/** The form of a request; `available` limits what can be given back. */
export const useRequestForm = (kind: SeatRequest["kind"], available: number) =>
  useForm<RequestValues>({
    initialValues: { kind, quantity: "1", reason: "" },
    validate: { quantity: (quantity) => quantityError(quantity.trim(), kind === "return" ? available : MAX_QUANTITY) },
  });

function quantityError(quantity: string, max: number): string | null {
  if (/^\d{1,5}$/.test(quantity) && Number(quantity) >= 1 && Number(quantity) <= max) return null;
  return fill(texts.seats.quantityInvalid, { max: formatNumber(max) });
}

export const toBody = ({ kind, quantity, reason }: RequestValues): NewSeatRequest => ({
  kind,
  quantity: Number(quantity),
  reason: reason.trim() || null,
});

/** Returns our own texts for what the API refuses about a request of this kind, by field. */
export function refusedFields(error: unknown, kind: SeatRequest["kind"]): Partial<RequestValues> | undefined {
  if (!(error instanceof Problem) || error.code !== "invalid_request") return undefined;
  const own: Partial<Record<string, string>> = {
    quantity: texts.seats.refused[kind],
    kind: texts.seats.refused.pending,
    reason: texts.error.message,
  };
  const known = error.errors.flatMap(({ field }) => (own[field] ? [[field, own[field]] as const] : []));
  return known.length ? Object.fromEntries(known) : undefined;
}
