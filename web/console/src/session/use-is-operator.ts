import { isOperator } from "./is-operator.ts";
import { useSession } from "./store.ts";

/** Whether the signed-in person is an operator: staff of the provider of the product. */
export const useIsOperator = (): boolean => isOperator(useSession().session?.access_token);
