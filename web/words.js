// What the page says, in English and in Arabic.

const WORDS = {
  views: ["Views", "العروض"], skip: ["Skip to the content", "تخطَّ إلى المحتوى"], reviewer: ["Reviewer", "المراجِع"],
  name: ["A name", "اسم"], pair: ["Two names", "اسمان"], text: ["A text", "نص"], list: ["A list", "قائمة"], person: ["A person", "شخص"],
  name_lead: ["Type any spelling, in either script.", "اكتب الاسم بأي رسم وبأي من الخطين."],
  pair_lead: ["Are these two names one person's? See why, word by word and letter by letter.", "هل الاسمان لشخص واحد؟ انظر السبب كلمة كلمة وحرفًا حرفًا."],
  text_lead: ["Paste an original and its translation: names light up in both, and what is wrong is underlined with its fix.", "ألصق الأصل وترجمته: تضيء الأسماء في النصين، ويُخَطّ تحت الخطأ مع تصويبه."],
  list_lead: ["Drop a table: link its names to the registry, or group them by person, and look at the doubtful ones.", "أفلت جدولًا: اربط أسماءه بالسجل أو اجمعها حسب الأشخاص، ثم انظر في المشكوك فيه."],
  person_lead: ["Names by script and source, and everything that was decided.", "الأسماء بحسب الخط والمصدر، وكل ما تقرر."],
  name_field: ["Name", "الاسم"], best: ["The best reading", "أفضل قراءة"], parts: ["Parts", "أجزاء الاسم"], readings: ["Readings", "القراءات"],
  variants: ["Spellings to search for", "رسوم يُبحث بها"], schemes: ["Every scheme", "كل أنظمة النقحرة"], region: ["Region", "المنطقة"], everywhere: ["everywhere", "كل مكان"],
  region_any: ["any", "أي منطقة"], region_english: ["English press", "صحافة إنجليزية"], region_french: ["French press", "صحافة فرنسية"], region_german: ["German press", "صحافة ألمانية"], region_egyptian: ["Egypt", "مصر"], region_levantine: ["Levant", "الشام"], region_gulf: ["Gulf", "الخليج"], region_persian: ["Persian", "فارسي"], region_turkish: ["Turkish", "تركي"],
  copy: ["Copy", "نسخ"], copied: ["Copied", "نُسخ"], guessed: ["guessed", "تخمين"], romanized: ["Romanized", "باللاتينية"], arabic: ["Arabic", "بالعربية"], probability: ["Probability", "الاحتمال"],
  ism: ["given name", "الاسم"], kunya: ["kunya", "الكنية"], nasab: ["descent", "النسب"], laqab: ["byname", "اللقب"], nisba: ["nisba", "النسبة"], title: ["title", "لقب تشريف"], family: ["family", "العائلة"],
  first: ["First name", "الاسم الأول"], second: ["Second name", "الاسم الثاني"], words: ["Words", "الكلمات"], letters: ["Letters", "الحروف"], reasons: ["Reasons", "الأسباب"],
  verdict_same: ["one person", "شخص واحد"], verdict_likely: ["likely one person", "الأرجح شخص واحد"], verdict_unlikely: ["unlikely one person", "الأرجح شخصان"], verdict_different: ["two people", "شخصان"],
  kind_same: ["same", "متطابقة"], kind_habit: ["habit of spelling", "عادة في الرسم"], kind_slip: ["slip", "زلة"], kind_joined: ["joined", "موصولة"], kind_initial: ["initial", "حرف أول"], kind_shortened: ["shortened", "مختصرة"], kind_name: ["one known name", "اسم معروف واحد"], kind_near: ["near", "قريبة"], kind_missing: ["missing", "غائبة"], kind_conflict: ["conflict", "متعارضة"],
  original: ["Original", "الأصل"], translation: ["Translation", "الترجمة"], scheme: ["Scheme", "نظام النقحرة"], check: ["Check", "افحص"], fix: ["fix", "التصويب"], defects: ["{} defects", "الأخطاء: {}"], copy_fixed: ["the text with what is sure mended", "النص بعد تصويب المؤكد"],
  name_table: ["Names", "الأسماء"], download: ["Download", "تنزيل"], as_written: ["As written", "كما كُتب"], should_be: ["In the scheme", "في النظام"], not_parallel: ["The texts do not seem to be parallel.", "لا يبدو النصان متقابلين."],
  drop: ["Drop a CSV file here, or choose one", "أفلت ملف CSV هنا أو اختر ملفًا"], column: ["Column of names", "عمود الأسماء"], link: ["Link", "اربط"], cluster: ["Group", "اجمع"], rows: ["{} rows", "الصفوف: {}"], no_registry: ["No registry is served: names can be grouped, not linked.", "لا سجل هنا: يمكن جمع الأسماء لا ربطها."], empty_table: ["The table is empty.", "الجدول فارغ."], progress: ["Progress", "التقدم"],
  status_linked: ["linked", "مربوط"], status_review: ["for review", "للمراجعة"], status_none: ["nobody", "لا أحد"], status: ["Status", "الحالة"], match: ["Match", "المطابق"], name_column: ["Name", "الاسم"], results: ["Results", "النتائج"], export: ["Export", "تصدير"], groups: ["{} groups", "المجموعات: {}"], weakest: ["weakest pair", "أضعف زوج"],
  review: ["Review", "المراجعة"], in_list: ["In the list", "في القائمة"], in_registry: ["In the registry", "في السجل"], same: ["Same", "نفسه"], different: ["Different", "غيره"], later: ["Later", "لاحقًا"], why: ["Why", "لماذا"], all_seen: ["All doubtful names were looked at.", "نُظر في كل المشكوك فيه."], event: ["event", "الحدث"],
  seek: ["Find a person by a name or an id", "ابحث عن شخص باسم أو معرّف"], nobody: ["Nobody bears this name here.", "لا أحد هنا بهذا الاسم."], names: ["Names", "الأسماء"], arabic_script: ["Arabic script", "الخط العربي"], latin_script: ["Latin script", "الخط اللاتيني"], history: ["History", "السجل الزمني"], undo: ["Undo", "تراجع"], done: ["Done", "تم"], take_off: ["Take off", "انزع"], split: ["Split", "افصل"], merge: ["Merge", "ادمج"], other_id: ["Another id of this person", "معرّف آخر لهذا الشخص"], undo_import: ["Take back everything that this list brought?", "أتتراجع عن كل ما جاءت به هذه القائمة؟"], undone_by: ["undone by", "أبطله الحدث"],
  born: ["born", "الميلاد"], died: ["died", "الوفاة"], gender: ["gender", "الجنس"], male: ["male", "ذكر"], female: ["female", "أنثى"], country: ["country", "البلد"], merged: ["Merged ids", "المعرّفات المدمجة"],
  event_add: ["added", "إضافة"], event_import: ["imported", "استيراد"], event_same: ["same", "نفسه"], event_different: ["different", "غيره"], event_merge: ["merged", "دمج"], event_split: ["split", "فصل"], event_remove: ["removed", "حذف"], event_undo: ["undone", "تراجع"],
  who_title: ["Who reviews?", "من المراجِع؟"], who: ["Your name", "اسمك"], token: ["Token", "الرمز"], save: ["Save", "حفظ"], cancel: ["Cancel", "إلغاء"],
};

const told = localStorage.getItem("language");
let own = told ?? (navigator.language.startsWith("ar") ? "ar" : "en");

export const language = () => own;

export function setLanguage(to) {
  own = to;
  localStorage.setItem("language", to);
}

/** What a word is in the language; a word that the program says itself stays as it is. */
export function t(word, otherwise = word) {
  return WORDS[word]?.[own === "ar" ? 1 : 0] ?? otherwise;
}
