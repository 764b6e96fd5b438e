//! What it costs and spares to call a name a sure match only where it leads the next person by so much.

use crate::data::{Table, cell};
use nasab::{LinkOptions, Linkage, People};
use std::collections::HashSet;
use std::path::Path;

/// How many times the odds of the next one are asked for; 1 is what linking itself asks.
const LEADS: [f64; 7] = [1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 100.0];

/// A name, and the ids of whom it may be meant; nobody has none.
type Asked = (String, Vec<String>);

/// The lists of FOLDER: `link_registry.tsv`, `link_queries.tsv`, `link_nil_queries.tsv`.
pub fn lists(folder: &Path) -> Result<(), String> {
    let registry = Table::read(&folder.join("link_registry.tsv"))?;
    let (entity, name) = (registry.column("entity_id")?, registry.column("name")?);
    let mut people = People::new();
    for row in registry.rows() {
        people.add(cell(&row, entity), [cell(&row, name).to_string()]).map_err(|error| error.to_string())?;
    }
    let queries = Table::read(&folder.join("link_queries.tsv"))?;
    let [query, id, accept] = ["query", "entity_id", "accept"].map(|name| queries.column(name));
    let (query, id, accept) = (query?, id?, accept?);
    let meant = |row: &[&str]| {
        let ids = std::iter::once(cell(row, id)).chain(cell(row, accept).split('|').filter(|other| !other.is_empty()));
        (cell(row, query).to_string(), ids.map(str::to_string).collect())
    };
    let mut asked: Vec<Asked> = queries.rows().map(|row| meant(&row)).collect();
    let others = Table::read(&folder.join("link_nil_queries.tsv"))?;
    let query = others.column("query")?;
    asked.extend(others.rows().map(|row| (cell(&row, query).to_string(), Vec::new())));
    print(&people, &asked);
    Ok(())
}

/// Made persons (`generate`) and spellings of them (`plant`); who is asked for and was not made is nobody.
pub fn made(persons: &Path, planted: &Path) -> Result<(), String> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let (persons, planted) = (read(persons)?, read(planted)?);
    let mut people = People::new();
    let mut ids = HashSet::new();
    for (id, name) in persons.lines().skip(1).filter_map(|line| line.split_once(',')) {
        people.add(id, [name.trim_matches('"').to_string()]).map_err(|error| error.to_string())?;
        ids.insert(id);
    }
    let asked = planted.lines().filter_map(|line| line.split_once('\t'));
    let meant = |id: &str| if ids.contains(id) { vec![id.to_string()] } else { Vec::new() };
    let asked: Vec<Asked> = asked.map(|(query, id)| (query.to_string(), meant(id))).collect();
    print(&people, &asked);
    Ok(())
}

/// Prints for each lead how many queries are matched rightly, wrongly, wrongly with the right entry left out, and how many of nobody.
fn print(people: &People, asked: &[Asked]) {
    let mut options = LinkOptions::default();
    // With the right ones left out there are still others to lead.
    options.top = 20;
    let mut counts = [[0u32; 4]; LEADS.len()];
    let mut add = |linkage: &Linkage, kind: &dyn Fn(&str) -> usize| {
        for (at, lead) in LEADS.iter().enumerate() {
            if let Some(best) = sure(linkage, *lead, &options) {
                counts[at][kind(best)] += 1;
            }
        }
    };
    for (query, right) in asked {
        let mut linkage = people.link(query.as_str(), &options);
        if right.is_empty() {
            add(&linkage, &|_| 3);
            continue;
        }
        add(&linkage, &|best| usize::from(!right.iter().any(|id| id == best)));
        linkage.matches.retain(|found| !right.contains(&found.id));
        add(&linkage, &|_| 2);
    }
    let known = asked.iter().filter(|(_, right)| !right.is_empty()).count();
    println!("of {known} queries and {} names of nobody", asked.len() - known);
    println!("lead\trightly\twrongly\tentry left out\tnobody");
    for (lead, [rightly, wrongly, left_out, nobody]) in LEADS.iter().zip(counts) {
        println!("{lead}\t{rightly}\t{wrongly}\t{left_out}\t{nobody}");
    }
}

/// The first one, where it is likely enough and its odds are `lead` times those of the next.
fn sure<'a>(linkage: &'a Linkage, lead: f64, options: &LinkOptions) -> Option<&'a str> {
    let odds = |p: f64| p / (1.0 - p).max(1e-9);
    let best = linkage.matches.first().filter(|best| best.probability >= options.threshold)?;
    let next = linkage.matches.get(1);
    let leads = |next: &nasab::LinkMatch| best.probability > next.probability && odds(best.probability) >= lead * odds(next.probability);
    next.is_none_or(leads).then_some(best.id.as_str())
}
