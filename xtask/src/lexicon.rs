//! Checks lexicon files as their author sees them: a row may state its Arabic spelling even
//! where it follows by rule, and a disagreement of the two is how a slip in either is found.

use nasab::hub::Word;
use std::collections::HashMap;
use std::process::ExitCode;

/// Checks files; with `--tidy` rewrites them without the spellings that follow by rule.
pub fn run(arguments: &[&str]) -> ExitCode {
    let tidy = arguments.contains(&"--tidy");
    let mut seen: HashMap<String, String> = HashMap::new();
    let mut wrong = 0;
    for path in arguments.iter().filter(|a| !a.starts_with("--")) {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("error: {path}: {error}");
                return ExitCode::from(2);
            }
        };
        let mut out = String::new();
        let (mut rows, mut in_rows) = (0, false);
        for (number, line) in text.lines().enumerate() {
            let place = format!("{path}:{}", number + 1);
            if !in_rows || line.starts_with('#') || line.trim().is_empty() {
                in_rows |= line.starts_with("form\t");
                out.push_str(line);
                out.push('\n');
                continue;
            }
            rows += 1;
            let mut cells: Vec<String> = line.split('\t').map(|c| c.trim().to_string()).collect();
            let form = cells.first().cloned().unwrap_or_default();
            let given = cells.get(5).cloned().unwrap_or_default();
            let Some(word) = Word::parse(&form) else {
                println!("{place}: `{form}` holds a sign the notation does not have");
                wrong += 1;
                continue;
            };
            if word.to_string() != form {
                println!("{place}: `{form}` reads as `{word}`; write it so");
                wrong += 1;
            }
            let ruled = word.stem_arabic();
            if !given.is_empty() && given != ruled {
                println!("{place}: {form}: the rule gives {ruled}, the row {given}");
            }
            let spelled = if given.is_empty() { ruled.clone() } else { given.clone() };
            if let Some(first) = seen.insert(format!("{form} {spelled}"), place.clone()) {
                println!("{place}: {form} {spelled} stands at {first} already");
                if tidy {
                    continue;
                }
                wrong += 1;
            }
            if given == ruled
                && let Some(cell) = cells.get_mut(5)
            {
                cell.clear();
            }
            out.push_str(cells.join("\t").trim_end());
            out.push('\n');
        }
        println!("{path}: {rows} rows");
        if tidy && let Err(error) = std::fs::write(path, out) {
            eprintln!("error: {path}: {error}");
            return ExitCode::from(2);
        }
    }
    if wrong > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS }
}
