// Why: what the program says of a name, of two and of a text, in the reader's language. Its reasons are of a fixed list, and stand under their
// English wording; a defect says what it is by a code, what was found and what it should be.

import { language } from "./words.js";

const REASONS = {
  "before anything is compared": "قبل أي مقارنة",
  "the same words": "الكلمات نفسها",
  "how much the shared words say": "دلالة الكلمات المشتركة",
  "little is left over": "لا يبقى من الاسمين إلا القليل",
  "no words contradict": "لا كلمات متعارضة",
  "first word": "الكلمة الأولى",
  "order": "الترتيب",
  "length and script": "الطول والخط",
  "all letters in one row": "الحروف كلها متصلة",
  "likeness of the spellings": "تشابه الرسم",
  "lesser reasons": "أسباب أصغر",
  "the prior that was given": "الاحتمال المسبق المعطى",
  "one is dead before the other is born": "مات أحدهما قبل أن يولد الآخر",
  "the same year of birth": "سنة الميلاد نفسها",
  "other years of birth": "سنتا ميلاد مختلفتان",
  "the same year of death": "سنة الوفاة نفسها",
  "other years of death": "سنتا وفاة مختلفتان",
  "the same gender": "الجنس نفسه",
  "another gender": "جنس آخر",
  "a country in common": "بلد مشترك",
  "no country in common": "لا بلد مشتركًا",
};

const DEFECTS = {
  mark: "حرف صامت فقد علامته أو عليه علامة خاطئة",
  length: "مدّ الحركة خاطئ",
  sign: "العين أو الهمزة غائبة أو مكتوبة بعلامة أخرى",
  letter: "حرف ليس في هذا النظام",
  scheme: "كلمة مكتوبة على نظام آخر",
  article: "أداة التعريف ليست على النظام",
  hyphen: "وصل أداة التعريف ليس على النظام",
  capital: "حرف كبير أو صغير في غير موضعه",
  spelling: "الاسم مكتوب في موضع آخر برسم آخر",
  house: "الدار تكتب هذا الاسم برسم آخر",
};

// What a note quotes comes back as $1, in a direction of its own.
const NOTES = [
  [/^Arabic and Latin letters in one word; each is read by itself$/, "حروف عربية ولاتينية في كلمة واحدة؛ يُقرأ كل منها وحده"],
  [/^a word of more than (\d+) letters is left as it is$/, "كلمة من أكثر من $1 حرفًا تُركت كما هي"],
  [/^`(.*)` is no part of a name and is left as it is$/, "\u2068$1\u2069 ليس جزءًا من اسم وتُرك كما هو"],
  [/^`(.*)` \(U\+\w+\) is not a letter that names are spelled with$/, "\u2068$1\u2069 ليس حرفًا تُكتب به الأسماء"],
  [/^`(.*)` is not in Latin or Arabic letters and is left as it is$/, "\u2068$1\u2069 ليس بحروف عربية ولا لاتينية وتُرك كما هو"],
  [/^`(.*)` is not a letter of scheme `(.*)`$/, "\u2068$1\u2069 ليس حرفًا من نظام \u2068$2\u2069"],
  [/^`(.*)` is a letter of no scheme$/, "\u2068$1\u2069 حرف ليس في أي نظام"],
];

/** A reason of a comparison. */
export const reason = (what) => (language() === "ar" ? REASONS[what] ?? what : what);

/** What is wrong with a name in a text. */
export const defect = (own) => (language() === "ar" ? DEFECTS[own.code] ?? own.reason : own.reason);

/** What the program noticed when it read a name. */
export const note = (message) => {
  const own = language() === "ar" && NOTES.find(([english]) => english.test(message));
  return own ? message.replace(...own) : message;
};
