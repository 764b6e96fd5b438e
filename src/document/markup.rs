//! The parts of a file that are prose: everything else of a Markdown, HTML or LaTeX file is left alone, byte for byte.

use std::ops::Range;

/// How a file is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// All of it is prose.
    Plain,
    /// Code, addresses of links and front matter are none.
    Markdown,
    /// Tags, scripts, styles and comments are none.
    Html,
    /// Commands, their optional arguments, mathematics and comments are none.
    Latex,
}

impl Format {
    /// By the end of a file's name; [`Format::Plain`] for others.
    pub fn of(file_name: &str) -> Format {
        let end = file_name.rsplit_once('.').map_or("", |(_, end)| end).to_lowercase();
        match end.as_str() {
            "md" | "markdown" | "mdown" => Format::Markdown,
            "html" | "htm" | "xhtml" | "xml" => Format::Html,
            "tex" | "latex" | "ltx" => Format::Latex,
            _ => Format::Plain,
        }
    }
}

/// The bytes of a text that are prose, in order. Markup that is not closed ends with its line or, in HTML, with the text.
pub fn prose(text: &str, format: Format) -> Vec<Range<usize>> {
    let mut cutter = Cutter { text, at: 0, kept: 0, out: Vec::new() };
    match format {
        Format::Plain => {}
        Format::Markdown => cutter.markdown(),
        Format::Html => cutter.html(),
        Format::Latex => cutter.latex(),
    }
    cutter.cut(text.len(), text.len());
    cutter.out
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    /// Where the prose begins that is not yet kept.
    kept: usize,
    out: Vec<Range<usize>>,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Leaves bytes out and goes on behind them.
    fn cut(&mut self, from: usize, to: usize) {
        if from > self.kept {
            self.out.push(self.kept..from);
        }
        self.kept = to.max(self.kept);
        self.at = self.kept;
    }

    /// Cuts from here to the end of the first of `ends`, or of the line, or of the text.
    fn cut_to(&mut self, skip: usize, end: &str, line: bool) {
        let start = self.at + skip;
        let rest = self.text.get(start..).unwrap_or("");
        let stop = if line { rest.find('\n').unwrap_or(rest.len()) } else { rest.len() };
        let to = match rest.find(end) {
            Some(at) if at <= stop => start + at + end.len(),
            _ => start + stop,
        };
        self.cut(self.at, to);
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    fn markdown(&mut self) {
        if self.text.starts_with("---\n") {
            self.cut_to(4, "\n---", false);
        }
        while self.at < self.text.len() {
            let line_start = self.at == 0 || self.text.as_bytes().get(self.at - 1) == Some(&b'\n');
            let rest = self.rest();
            let fence = ["```", "~~~"].into_iter().find(|f| line_start && rest.trim_start_matches(' ').starts_with(f));
            match rest.as_bytes().first() {
                _ if fence.is_some() => {
                    let fence = format!("\n{}", fence.unwrap_or("```"));
                    self.cut_to(3, &fence, false);
                }
                Some(b'`') => {
                    let ticks = rest.bytes().take_while(|b| *b == b'`').count();
                    let closes = rest.get(ticks..).unwrap_or("").lines().next().is_some_and(|l| l.contains(&"`".repeat(ticks)));
                    // A single one before a letter is an ʿayn.
                    if closes { self.cut_to(ticks, &"`".repeat(ticks), true) } else { self.at += ticks }
                }
                Some(b']') if rest.starts_with("](") => {
                    self.at += 1;
                    self.cut_to(1, ")", true);
                }
                Some(b'<') if rest.get(1..2).is_some_and(|c| c.chars().all(|c| c.is_ascii_alphabetic() || c == '/' || c == '!')) => {
                    self.cut_to(1, ">", true)
                }
                Some(b'h') if rest.starts_with("http://") || rest.starts_with("https://") => self.address(),
                _ => self.step(),
            }
        }
    }

    fn address(&mut self) {
        let len = self.rest().find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | ']')).unwrap_or(self.rest().len());
        self.cut(self.at, self.at + len);
    }

    fn html(&mut self) {
        while self.at < self.text.len() {
            let rest = self.rest();
            let head: String = rest.chars().take(9).collect::<String>().to_ascii_lowercase();
            match () {
                () if head.starts_with("<!--") => self.cut_to(4, "-->", false),
                () if head.starts_with("<script") => self.cut_to(7, "</script>", false),
                () if head.starts_with("<style") => self.cut_to(6, "</style>", false),
                () if head.starts_with('<')
                    && head.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) =>
                {
                    self.cut_to(1, ">", false);
                }
                () if head.starts_with('&') && rest.get(..rest.len().min(12)).unwrap_or("").contains(';') => self.cut_to(1, ";", true),
                () => self.step(),
            }
        }
    }

    fn latex(&mut self) {
        while self.at < self.text.len() {
            let rest = self.rest();
            match rest.as_bytes().first() {
                Some(b'%') => self.cut_to(1, "\n", true),
                Some(b'$') => {
                    let mark = if rest.starts_with("$$") { "$$" } else { "$" };
                    self.cut_to(mark.len(), mark, false);
                }
                Some(b'\\') => {
                    let name: String = rest.chars().skip(1).take_while(|c| c.is_ascii_alphabetic() || *c == '*').collect();
                    // A command of one sign: \%, \ʿ.
                    let sign = rest.chars().nth(1).map_or(0, char::len_utf8);
                    self.cut(self.at, self.at + 1 + if name.is_empty() { sign } else { name.len() });
                    // What these take in braces is no prose.
                    let braces = [
                        "begin",
                        "end",
                        "usepackage",
                        "documentclass",
                        "label",
                        "ref",
                        "cite",
                        "input",
                        "include",
                        "url",
                        "parencite",
                        "textcite",
                        "footcite",
                    ];
                    if self.rest().starts_with('[') {
                        self.cut_to(1, "]", true);
                    }
                    if braces.contains(&name.trim_end_matches('*')) && self.rest().starts_with('{') {
                        self.cut_to(1, "}", true);
                    }
                }
                _ => self.step(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str, format: Format) -> String {
        prose(text, format).into_iter().map(|r| text.get(r).unwrap_or("")).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn only_prose_is_kept() {
        assert_eq!(kept("a `code` [Qays](http://x/y) b", Format::Markdown), "a | [Qays]| b");
        assert_eq!(kept("<p class=\"x\">Qays <!-- no -->b</p>", Format::Html), "Qays |b");
        assert_eq!(kept("\\emph{Qays} $x$ \\cite{no} b % c", Format::Latex), "{Qays} | | b ");
        assert_eq!(kept("<p>open <b", Format::Html), "open ");
        assert_eq!(kept("`Ammār", Format::Markdown), "`Ammār");
        assert_eq!(kept("x\\", Format::Latex), "x");
    }
}
