//! Changes of a text by its bytes.

use std::ops::Range;

/// The bytes of a text and what should stand there.
pub(super) type Edit = (Range<usize>, String);

/// The text with the changes written. Of two changes of one place the first is written.
pub(super) fn edited(text: &str, edits: &mut [Edit]) -> String {
    // Stable: what is put at one place stays in the order in which it was asked for.
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits.iter().filter(|(span, _)| span.start <= span.end) {
        let Some(before) = text.get(at..span.start) else { continue };
        out.push_str(before);
        out.push_str(new);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
