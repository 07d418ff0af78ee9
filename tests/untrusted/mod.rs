//! What must hold of links, results and checkpoints, whoever has written them: `hostile.rs` asks
//! it of those that it makes, the targets of `fuzz/` of those that a fuzzer finds.
#![allow(dead_code)]

use uphill::link;
use uphill::plot::Theme;
use uphill::run::simulation::{Budget, Simulation};
use uphill::scan::figures::{Figure, Picture};
use uphill::scan::file;
use uphill::scan::file::csv::{self, Decimal};
use uphill::scan::plan::{Plan, link as experiments};
use uphill::scan::results::Results;
use uphill::scan::task::Task;
use uphill::scan::task::checkpoint::Checkpoint;

/// A text is a link: what is read off it is allowed, and says the same when it is written.
pub fn is_read(text: &str) {
    let reading = link::read(text);
    assert!(reading.params.validate().is_ok());
    let again = link::read(&link::write(&reading.params));
    assert_eq!(again.params, reading.params);
    let reading = experiments::read(text);
    let again = experiments::read(&experiments::write(&reading.experiment));
    assert_eq!(again.errors, []);
    assert!(reading.experiment.point_count() <= 2000);
}

/// What a text says to whoever reads it must be no number that is none.
pub fn is_clean(text: &str) -> Result<(), String> {
    let words = ["NaN", "inf", "Infinity", "undefined"];
    match words.iter().find(|word| text.contains(**word)) {
        Some(word) => Err(format!("{word} in {text:.300}")),
        None => Ok(()),
    }
}

/// All that the page and the terminal show of results is clean.
pub fn is_shown_clean(results: &Results) -> Result<(), String> {
    let table = Figure::of(results).table(results);
    is_clean(&table.caption)?;
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        is_clean(cell)?;
    }
    for finding in Figure::of(results).findings(results) {
        is_clean(&finding.text)?;
    }
    for line in csv::write(results, Decimal::Point)
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        is_clean(line)?;
    }
    for &picture in Picture::of(results.experiment().kind) {
        if let Ok(svg) = Figure::of(results).svg(&Theme::default(), results, picture, &[0]) {
            is_clean(&svg)?;
            if svg.contains("<script") {
                return Err(format!("a script in {svg:.300}"));
            }
        }
    }
    let _ = results.next_task(&[]);
    Ok(())
}

/// A small plan, of which what comes from outside may be a part.
pub fn plan() -> Plan {
    let link = "exp=current&L=8&beta=0.6&ms=0.5,0.8&err=0.01&relax=50&seed=1";
    Plan::new(experiments::read(link).experiment)
}

/// Results are read again as they are written.
pub fn is_read_again(results: &Results) -> Result<(), String> {
    let again = file::read(&file::json(results));
    again.map(|_| ()).map_err(|why| why.to_string())
}

/// A checkpoint with the checksum that fits, which whoever means harm writes, too; `None` if
/// there is no room for one.
pub fn resealed(bytes: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Option<Vec<u8>> {
    let head = 9 + usize::from(*bytes.get(8)?);
    let mut state = bytes.get(head + 8..)?.to_vec();
    change(&mut state);
    let fold = |sum: u64, &byte: &u8| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let sum = state.iter().fold(0xcbf2_9ce4_8422_2325, fold);
    Some([&bytes[..head], &sum.to_le_bytes(), &state].concat())
}

/// Bytes are saved tasks, one of the first task of a plan, or a run: it goes on from them.
pub fn is_restored(plan: &Plan, bytes: &[u8]) {
    let few = Budget {
        events: 20,
        attempts: 20,
    };
    let _ = Checkpoint::read(bytes);
    if let Ok(mut task) = Task::restore(plan, &plan.tasks()[0], bytes) {
        task.advance(few);
        let mut results = Results::of(plan.clone().into());
        if results.take(0, task.outcome()).is_ok() {
            let table = Figure::of(&results).table(&results);
            is_clean(&table.rows[0].cells.join(" ")).unwrap();
        }
    }
    if let Ok(mut run) = Simulation::restore(bytes) {
        run.advance(run.time() + 1.0, few);
        let _ = run.paint(0, 0, 9, 1);
        let _ = run.report();
    }
}
