//! How well the names of one list fall into persons.

use crate::data::{Table, cell};
use nasab::cluster::{Constraints, Item, Options, cluster};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Prints B-cubed precision, recall and F1 for each list of FOLDER.
pub fn print(folder: &Path) -> Result<(), String> {
    let people = Table::read(&folder.join("sanctions_people.tsv"))?;
    let columns = ["entity_id", "source", "role", "name_natural", "arabic_name"].map(|name| people.column(name));
    let columns = columns.into_iter().collect::<Result<Vec<_>, _>>()?;
    for weak in [false, true] {
        let mut lists: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
        let rows: Vec<Vec<&str>> = people.rows().collect();
        for row in &rows {
            let [id, source, role, name, arabic] = [0, 1, 2, 3, 4].map(|at| columns.get(at).map_or("", |column| cell(row, *column)));
            if arabic == "1" && (weak || role != "weak_aka") {
                lists.entry(source).or_default().insert((id, name));
            }
        }
        for (list, names) in lists {
            let names: Vec<(&str, &str)> = names.into_iter().collect();
            let items: Vec<Item> = names.iter().map(|(_, name)| Item::new(name)).collect::<Result<_, _>>().map_err(|e| e.to_string())?;
            let start = std::time::Instant::now();
            let groups = cluster(items, &Constraints::default(), &Options::default());
            let time = start.elapsed();
            let mut size: HashMap<&str, f64> = HashMap::new();
            names.iter().for_each(|(id, _)| *size.entry(id).or_default() += 1.0);
            let (mut precision, mut recall, mut largest) = (0.0, 0.0, 0);
            for group in &groups {
                let mut own: HashMap<&str, f64> = HashMap::new();
                group.members.iter().for_each(|place| *own.entry(names[*place].0).or_default() += 1.0);
                for (id, count) in &own {
                    precision += count * count / group.members.len() as f64;
                    recall += count * count / size[id];
                }
                largest = largest.max(group.members.len());
            }
            let (precision, recall) = (precision / names.len() as f64, recall / names.len() as f64);
            println!(
                "{list:5}{} {} names of {} persons in {} groups: B-cubed precision {precision:.3}, recall {recall:.3}, F1 {:.3}; largest {largest} (true {}); {:.1} s",
                if weak { " with weak names" } else { "" },
                names.len(),
                size.len(),
                groups.len(),
                2.0 * precision * recall / (precision + recall),
                size.values().fold(0.0f64, |most, count| most.max(*count)),
                time.as_secs_f64()
            );
        }
    }
    Ok(())
}
