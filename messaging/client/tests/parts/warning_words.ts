/** Every warning that the pages have words for, with the words: for a test that looks for each on a page. */

import { NOTE_WARNINGS, TROUBLES, WARNINGS, WHY_NOT } from "../../src/pages/desk/warning_words.ts";
import { WARNINGS as TO_THE_PERSON } from "../../src/pages/person/warning_words.ts";

const entries = Object.entries(TO_THE_PERSON);
const words = {
  mine: Object.fromEntries(entries.map(([name, said]) => [name, said(true)])),
  theirs: Object.fromEntries(entries.map(([name, said]) => [name, said(false)])),
  desk: WARNINGS,
  notes: NOTE_WARNINGS,
  troubles: TROUBLES,
  waiting: WHY_NOT,
};
process.stdout.write(JSON.stringify(words));
