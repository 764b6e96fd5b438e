//! One name, two names, many names.

use super::{App, Arc, Body, Fields, Problem, Response, State, Value, json, told, value};
use crate::answer::{self, NoLinkage, Normalized, Parsed, Refused, Spellings};
use crate::serve::state::Deadline;
use nasab::matching::letters;
use nasab::variants::Region;
use nasab::{Error, Facts, LinkOptions, Name, Scheme, Source};
use serde::Deserialize;
use serde_json::Map;

/// More spellings than this say nothing that a search could use.
const MOST_VARIANTS: usize = 1000;

type Answer = Result<Response, Problem>;

/// How names are read and written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Writing {
    names: Vec<String>,
    #[serde(default = "dmg")]
    to: String,
    #[serde(default = "auto")]
    from: String,
    #[serde(default = "five")]
    readings: usize,
    #[serde(default = "keep")]
    initial_article: String,
}

fn dmg() -> String {
    "dmg".to_string()
}

fn auto() -> String {
    "auto".to_string()
}

fn keep() -> String {
    "keep".to_string()
}

fn five() -> usize {
    5
}

struct Job {
    to: Scheme,
    from: Source,
    arabic: Scheme,
    readings: usize,
    drop: bool,
}

impl Writing {
    fn of(fields: &Fields) -> Result<Writing, Problem> {
        let text = |name, own: fn() -> String| fields.get(name).map_or_else(own, str::to_string);
        Ok(Writing {
            names: vec![fields.need("name")?.to_string()],
            to: text("to", dmg),
            from: text("from", auto),
            readings: fields.number("readings")?.unwrap_or_else(five),
            initial_article: text("initial_article", keep),
        })
    }

    fn job(&self) -> Result<Job, Problem> {
        let from = match self.from.as_str() {
            "auto" => Source::Auto,
            label => Source::Scheme(Scheme::find(label)?),
        };
        let drop = match self.initial_article.as_str() {
            "keep" => false,
            "drop" => true,
            _ => return Err(Problem::wrong("`initial_article` is `keep` or `drop`")),
        };
        Ok(Job { to: Scheme::find(&self.to)?, from, arabic: Scheme::find("arabic")?, readings: self.readings.clamp(1, 100), drop })
    }
}

impl Job {
    fn read(&self, name: &str) -> Result<Name, Error> {
        let name = Name::read(name, self.from)?;
        Ok(if self.drop { name.without_initial_article() } else { name })
    }

    fn normalized(&self, text: &str) -> Result<Value, Error> {
        Ok(value(Normalized::new(text, &self.read(text)?, self.to, self.arabic, self.readings, |text| text)))
    }

    fn parsed(&self, text: &str) -> Result<Value, Error> {
        Ok(value(Parsed::new(text, &self.read(text)?, self.to, self.arabic)))
    }
}

async fn one(app: Arc<App>, asked: Writing, work: fn(&Job, &str) -> Result<Value, Error>) -> Answer {
    app.work(move |app, _| {
        let (job, name) = (asked.job()?, asked.names.first().map(String::as_str).unwrap_or_default());
        app.check_name(name)?;
        app.metrics.names.inc();
        Ok(told(work(&job, name)?))
    })
    .await
}

async fn many(app: Arc<App>, asked: Writing, work: fn(&Job, &str) -> Result<Value, Error>) -> Answer {
    app.work(move |app, deadline| {
        let job = asked.job()?;
        each(app, &asked.names, deadline, |name| work(&job, name))
    })
    .await
}

/// Answers names one by one; what is no name has its error in its place.
fn each(app: &App, names: &[String], deadline: Deadline, work: impl Fn(&str) -> Result<Value, Error>) -> Answer {
    app.check_batch(names.len())?;
    let mut results = Vec::with_capacity(names.len());
    for name in names {
        deadline.hold()?;
        app.check_name(name)?;
        results.push(work(name).unwrap_or_else(|error| value(Refused { input: name, error: error.to_string() })));
    }
    app.metrics.names.inc_by(names.len() as u64);
    Ok(told(json!({"results": results})))
}

pub async fn normalize(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    one(app, Writing::of(&fields)?, Job::normalized).await
}

pub async fn normalize_many(State(app): State<Arc<App>>, Body(asked): Body<Writing>) -> Answer {
    many(app, asked, Job::normalized).await
}

pub async fn parse(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    one(app, Writing::of(&fields)?, Job::parsed).await
}

pub async fn parse_many(State(app): State<Arc<App>>, Body(asked): Body<Writing>) -> Answer {
    many(app, asked, Job::parsed).await
}

/// Which spellings are asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    names: Vec<String>,
    #[serde(default)]
    regions: Vec<String>,
    #[serde(default = "fifty")]
    limit: usize,
}

fn fifty() -> usize {
    50
}

impl Asked {
    fn regions(&self) -> Result<Vec<Region>, Error> {
        self.regions.iter().map(|label| Region::find(label.trim())).collect()
    }

    fn spellings(&self, text: &str, regions: &[Region]) -> Result<Value, Error> {
        let name = Name::read(text, Source::Auto)?;
        Ok(value(Spellings::new(text, &name, regions, self.limit.clamp(1, MOST_VARIANTS), Scheme::find("arabic")?)))
    }
}

pub async fn variants(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let regions = fields.get("region").unwrap_or_default().split(',').filter(|label| !label.is_empty()).map(str::to_string).collect();
    let name = fields.need("name")?.to_string();
    let asked = Asked { names: vec![name.clone()], regions, limit: fields.number("limit")?.unwrap_or_else(fifty) };
    app.work(move |app, _| {
        app.check_name(&name)?;
        app.metrics.names.inc();
        Ok(told(asked.spellings(&name, &asked.regions()?)?))
    })
    .await
}

pub async fn variants_many(State(app): State<Arc<App>>, Body(asked): Body<Asked>) -> Answer {
    app.work(move |app, deadline| {
        let regions = asked.regions()?;
        each(app, &asked.names, deadline, |name| asked.spellings(name, &regions))
    })
    .await
}

/// Two names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    left: String,
    right: String,
    #[serde(default)]
    left_facts: Facts,
    #[serde(default)]
    right_facts: Facts,
}

/// Pairs of names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pairs {
    pairs: Vec<Pair>,
    #[serde(default)]
    prior: Option<f64>,
}

fn prior(given: Option<f64>) -> Result<Option<f64>, Problem> {
    match given {
        Some(share) if !(share > 0.0 && share < 1.0) => Err(Problem::wrong("a prior is a number between 0 and 1")),
        given => Ok(given),
    }
}

fn compared(pair: &Pair, prior: Option<f64>) -> Result<Value, Error> {
    let mut found = nasab::compare(&answer::prepared(&pair.left)?, &answer::prepared(&pair.right)?);
    if let Some(prior) = prior {
        found = found.with_prior(prior);
    }
    Ok(value(answer::comparison(found.with_facts(&pair.left_facts, &pair.right_facts))))
}

/// The comparison, and of each two words that answer each other the letters.
pub async fn compare_two(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let facts = |name| fields.get(name).unwrap_or_default().parse::<Facts>();
    let (left_facts, right_facts) = (facts("left_facts")?, facts("right_facts")?);
    let pair = Pair { left: fields.need("left")?.to_string(), right: fields.need("right")?.to_string(), left_facts, right_facts };
    let prior = prior(fields.number("prior")?)?;
    app.work(move |app, _| {
        app.check_name(&pair.left)?;
        app.check_name(&pair.right)?;
        app.metrics.names.inc_by(2);
        let mut found = compared(&pair, prior)?;
        for word in found.get_mut("words").and_then(Value::as_array_mut).into_iter().flatten() {
            let text = |word: &Value, name: &str| word.get(name).and_then(Value::as_str).map(str::to_string);
            if let (Some(left), Some(right)) = (text(word, "left"), text(word, "right"))
                && let Some(fields) = word.as_object_mut()
            {
                fields.insert("letters".to_string(), value(letters(&left, &right)));
            }
        }
        Ok(told(found))
    })
    .await
}

pub async fn compare_many(State(app): State<Arc<App>>, Body(asked): Body<Pairs>) -> Answer {
    let prior = prior(asked.prior)?;
    app.work(move |app, deadline| {
        app.check_batch(asked.pairs.len())?;
        let mut results = Vec::with_capacity(asked.pairs.len());
        for pair in &asked.pairs {
            deadline.hold()?;
            app.check_name(&pair.left)?;
            app.check_name(&pair.right)?;
            results.push(compared(pair, prior).unwrap_or_else(|error| json!({"probability": 0.0, "error": error.to_string()})));
        }
        app.metrics.names.inc_by(2 * asked.pairs.len() as u64);
        Ok(told(json!({"results": results})))
    })
    .await
}

/// Who is asked for: names, or names with facts.
#[derive(Deserialize)]
#[serde(untagged)]
enum Who {
    Name(String),
    Person(Map<String, Value>),
}

/// Many who are asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Queries {
    queries: Vec<Who>,
    top: Option<usize>,
    threshold: Option<f64>,
    review: Option<f64>,
}

fn options(top: Option<usize>, threshold: Option<f64>, review: Option<f64>) -> Result<LinkOptions, Problem> {
    let mut options = LinkOptions::default();
    if [threshold, review].iter().flatten().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Problem::wrong("a threshold is a probability from 0 to 1"));
    }
    options.top = top.unwrap_or(options.top).clamp(1, 100);
    options.threshold = threshold.unwrap_or(options.threshold);
    options.review = review.unwrap_or(options.review).min(options.threshold);
    Ok(options)
}

fn linked(app: &App, who: &Who, options: &LinkOptions) -> Result<Value, Problem> {
    let asked = match who {
        Who::Name(name) => Ok(nasab::Query::from(name.as_str())),
        Who::Person(fields) => answer::query(fields.clone()),
    };
    let shown = match (&asked, who) {
        (Ok(query), _) => query.names.first().cloned().unwrap_or_default(),
        (_, Who::Name(name)) => name.clone(),
        _ => String::new(),
    };
    let asked = asked.and_then(|query| match query.names.iter().any(|name| name.chars().any(char::is_alphabetic)) {
        true => Ok(query),
        false => Err(Error::new("no letter in the name")),
    });
    match asked {
        Ok(query) => {
            query.names.iter().try_for_each(|name| app.check_name(name))?;
            let found = app.book()?.link(query, options).map_err(|error| Problem::of(500, &error))?;
            Ok(value(answer::linkage(found)))
        }
        Err(error) => Ok(value(NoLinkage::new(&shown, &error))),
    }
}

pub async fn link(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let options = options(fields.number("top")?, fields.number("threshold")?, fields.number("review")?)?;
    let mut asked = nasab::Query::from(fields.need("name")?);
    asked.facts = fields.get("facts").unwrap_or_default().parse::<Facts>()?;
    answer::prepared(fields.need("name")?)?;
    app.work(move |app, _| {
        asked.names.iter().try_for_each(|name| app.check_name(name))?;
        app.metrics.names.inc();
        let found = app.book()?.link(asked, &options).map_err(|error| Problem::of(500, &error))?;
        Ok(told(value(answer::linkage(found))))
    })
    .await
}

pub async fn link_many(State(app): State<Arc<App>>, Body(asked): Body<Queries>) -> Answer {
    let options = options(asked.top, asked.threshold, asked.review)?;
    app.work(move |app, deadline| {
        app.check_batch(asked.queries.len())?;
        let mut results = Vec::with_capacity(asked.queries.len());
        for who in &asked.queries {
            deadline.hold()?;
            results.push(linked(app, who, &options)?);
        }
        app.metrics.names.inc_by(asked.queries.len() as u64);
        Ok(told(json!({"results": results})))
    })
    .await
}

/// The schemes and regions there are; with a name, what each scheme makes of it.
pub async fn schemes(State(app): State<Arc<App>>, fields: Fields) -> Answer {
    let name = fields.get("name").map(str::to_string);
    app.work(move |app, _| {
        let name = name.map(|name| app.check_name(&name).and_then(|()| Ok(Name::read(&name, Source::Auto)?))).transpose()?;
        let scheme = |scheme: Scheme| {
            let mut record = json!({"scheme": scheme.label(), "title": scheme.title(), "reversible": scheme.reversible()});
            if let (Some(name), Some(fields)) = (&name, record.as_object_mut()) {
                fields.insert("text".to_string(), name.write(scheme).into());
            }
            record
        };
        let regions: Vec<&str> = Region::all().map(Region::label).collect();
        Ok(told(json!({"schemes": Scheme::all().map(scheme).collect::<Vec<_>>(), "regions": regions})))
    })
    .await
}
