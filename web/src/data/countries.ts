/** Names of states, as the server has them of its table and of the case; else the code. */
import { caseInfo } from "./outlines";

export const countryName = (code: string): string => caseInfo.value.value?.states[code] ?? code;
