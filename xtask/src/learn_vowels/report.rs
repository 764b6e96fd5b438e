//! How often the right reading is the first or among five, and how far its probability is to be believed.

use super::model::Model;
use super::words::{Question, Set};
use nasab::lexicon::vocaliser;

/// Readings looked at.
const READINGS: usize = 5;

/// A question that was answered: what set it is of, its weight, the rank of the right reading, the probability of the first.
struct Answer {
    set: Set,
    lacking: bool,
    share: f64,
    rank: Option<usize>,
    sure: f64,
}

#[derive(Default)]
pub struct Report {
    answers: Vec<Answer>,
}

impl Report {
    pub fn ask(&mut self, question: &Question, model: &Model) {
        let marks = vec![String::new(); question.letters.len()];
        let found = vocaliser::best(model, &question.letters, &marks, question.article);
        let rank = question.labels.as_ref().and_then(|right| found.iter().position(|(labels, _)| labels == right));
        let sure = found.first().map_or(0.0, |f| f.1);
        self.answers.push(Answer { set: question.set, lacking: question.lacking, share: question.share, rank, sure });
    }

    pub fn print(&self) {
        for (name, set, lacking) in [
            ("words of titles", Set::Titles, false),
            ("words of titles the lexicon lacks", Set::Titles, true),
            ("words of headings", Set::Names, false),
            ("words of headings the lexicon lacks", Set::Names, true),
        ] {
            let own: Vec<&Answer> = self.answers.iter().filter(|a| a.set == set && (a.lacking || !lacking)).collect();
            let all: f64 = own.iter().map(|a| a.share).sum();
            let share = |ranks: usize| own.iter().filter(|a| a.rank.is_some_and(|r| r < ranks)).map(|a| a.share).sum::<f64>() / all;
            let error: f64 = (0..10)
                .map(|bin| {
                    own.iter()
                        .filter(|a| (a.sure * 10.0).min(9.0) as usize == bin)
                        .map(|a| a.share * (a.sure - f64::from(u8::from(a.rank == Some(0)))))
                        .sum::<f64>()
                        .abs()
                })
                .sum();
            println!("  {name}: {all:.0}, first {:.4}, among five {:.4}, calibration error {:.3}", share(1), share(READINGS), error / all);
        }
    }
}
