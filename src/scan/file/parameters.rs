//! The parameters of a point, by the names that result files and tables have for them.

use crate::link;
use crate::scan::plan::Point;
use crate::scan::task::outcome::Outcome;
use crate::words::results as words;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// What a task, a point or a row of a table is of. A file of format 1 says none of it of a task,
/// and of a point only the link.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Parameters {
    /// Columns of the lattice. Since format 2.
    #[serde(rename = "Lx")]
    #[cfg_attr(test, schemars(with = "u32"))]
    pub lx: Option<u32>,
    /// Rows of the lattice, periodic. Since format 2.
    #[serde(rename = "Ly")]
    #[cfg_attr(test, schemars(with = "u32"))]
    pub ly: Option<u32>,
    /// Inverse temperature in units of the coupling. Since format 2.
    #[cfg_attr(test, schemars(with = "f64"))]
    pub beta: Option<f64>,
    /// Magnetization m₊ of the right reservoir; null without reservoirs. Since format 2.
    pub m_plus: Option<f64>,
    /// Magnetization m₋ of the left reservoir; null without reservoirs. Since format 2.
    pub m_minus: Option<f64>,
    /// Reservoirs, what flips the spins of the end columns: `on`, `off` or `balanced`. Since format 2.
    #[cfg_attr(test, schemars(with = "String"))]
    pub res: Option<Cow<'static, str>>,
    /// Boundary, the outer neighbours of the end columns: `fixed` or `shifted`. Since format 2.
    #[cfg_attr(test, schemars(with = "String"))]
    pub bc: Option<Cow<'static, str>>,
    /// Rows by which a shifted boundary looks aside; null where it is fixed. Since format 2.
    pub shift: Option<u32>,
    /// Dynamics: `kinetic` or `metropolis`. Since format 2.
    #[serde(rename = "dyn")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub dynamics: Option<Cow<'static, str>>,
    /// The canonical link of the run. Of a point since format 1, of a task since format 2.
    #[cfg_attr(test, schemars(with = "String"))]
    pub link: Option<String>,
}

impl From<&Point> for Parameters {
    fn from(point: &Point) -> Self {
        let p = &point.params;
        Parameters {
            lx: Some(p.lx),
            ly: Some(p.ly),
            beta: Some(p.beta),
            m_plus: p.reservoirs.flip().then_some(p.m_right),
            m_minus: p.reservoirs.flip().then_some(p.m_left),
            res: Some(p.reservoirs.key().into()),
            bc: Some(p.boundary.key().into()),
            shift: p.boundary.shift(),
            dynamics: Some(p.dynamics.key().into()),
            link: Some(link::write(p)),
        }
    }
}

impl Parameters {
    /// Takes the value of a key, if it is one of these.
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "Lx" => self.lx = map.next_value()?,
            "Ly" => self.ly = map.next_value()?,
            "beta" => self.beta = map.next_value()?,
            "m_plus" => self.m_plus = map.next_value()?,
            "m_minus" => self.m_minus = map.next_value()?,
            "res" => self.res = map.next_value()?,
            "bc" => self.bc = map.next_value()?,
            "shift" => self.shift = map.next_value()?,
            "dyn" => self.dynamics = map.next_value()?,
            "link" => self.link = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Checks that what is said here is said of a point.
    ///
    /// # Errors
    /// Names what is said otherwise, and both values.
    pub fn agree_with(&self, point: &Point) -> Result<(), String> {
        let fields = |parameters: &Parameters| match serde_json::to_value(parameters) {
            Ok(Value::Object(fields)) => fields,
            _ => unreachable!("parameters are written as an object"),
        };
        let wanted = fields(&Parameters::from(point));
        for (key, given) in fields(self) {
            let wanted = &wanted[&key];
            if !given.is_null() && given != *wanted {
                let given: String = given.to_string().chars().take(LONGEST).collect();
                return Err(words::other_value(key, given, wanted));
            }
        }
        Ok(())
    }
}

/// Longest value that a complaint repeats.
const LONGEST: usize = 200;

/// A task of a file: what it is of, and what it has found.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct NamedOutcome {
    #[serde(flatten)]
    pub parameters: Parameters,
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl<'de> Deserialize<'de> for NamedOutcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = NamedOutcome;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(words::A_TASK.said())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NamedOutcome, A::Error> {
        let mut parameters = Parameters::default();
        let rest = Rest {
            map,
            parameters: &mut parameters,
        };
        let outcome = Outcome::deserialize(MapAccessDeserializer::new(rest))?;
        Ok(NamedOutcome {
            parameters,
            outcome,
        })
    }
}

/// The fields of a task without those of its parameters, which are taken out on the way: nothing
/// is kept in between, however long a field is.
struct Rest<'a, A> {
    map: A,
    parameters: &'a mut Parameters,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Rest<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.map.next_key::<String>()? {
            if !self.parameters.take(&key, &mut self.map)? {
                return seed.deserialize(key.into_deserializer()).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}
