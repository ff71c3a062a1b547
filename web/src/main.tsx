/** The page as `masthead serve` gives it. */
import { open } from "./page";

open(document.getElementById("page") as HTMLElement);
