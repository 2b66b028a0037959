/** The eight inbox words (PROTOCOL §2.8). */

import { sha256 as _unused } from "./primitives.ts";
