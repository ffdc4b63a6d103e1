//! `cargo xtask eval dialogue`: scripted shoppers talk to the built-in planner on the whole road, over the
//! sample shop, and what they came for is compared with what they got.
//!
//! A script is solved when all it expects is so at its end. An effect is wrong when something was confirmed,
//! or lies in the cart, that the script does not expect. Scripts marked `held_out` were not looked at while
//! the planner was worked on; they are counted apart.

mod judge;
mod script;
mod talk;
mod world;

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use self::{script::Script, talk::Talk, world::World};
use super::say;

#[derive(Debug, Args)]
pub(crate) struct Dialogue {
    /// Scripts whose name or file has this in it
    #[arg(long)]
    only: Option<String>,
    /// Leave out the scripts that are held out
    #[arg(long)]
    without_held_out: bool,
    /// Show what was said in scripts that were not solved
    #[arg(long)]
    transcripts: bool,
    /// Fail below so many solved of a thousand, or with any wrong effect
    #[arg(long)]
    at_least: Option<usize>,
    /// Where the scripts are
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/eval/dialogue"))]
    scripts: PathBuf,
}

/// What one group of scripts came to.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    scripts: usize,
    solved: usize,
    messages: usize,
    wrong_effects: usize,
    wrong_refusals: usize,
}

pub(super) fn run(eval: &Dialogue) -> anyhow::Result<()> {
    let scripts = scripts(eval)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut groups: Vec<(String, Tally)> = Vec::new();
    runtime.block_on(async {
        let world = World::open(&scripts).await?;
        for (number, (theme, script)) in scripts.iter().enumerate() {
            let talk = Talk::of(&world, number, script).await;
            let talk = talk.with_context(|| format!("script `{}`", script.name))?;
            let verdict = judge::judge(&world, script, &talk);
            let held = if script.held_out { "held out" } else { "seen" };
            for group in [theme.as_str(), &script.language, held, "all"] {
                let known = groups.iter().position(|(name, _)| name == group);
                let at = known.unwrap_or_else(|| {
                    groups.push((group.to_owned(), Tally::default()));
                    groups.len() - 1
                });
                if let Some((_, tally)) = groups.get_mut(at) {
                    tally.scripts += 1;
                    tally.solved += usize::from(verdict.solved());
                    tally.messages += talk.messages;
                    tally.wrong_effects += usize::from(verdict.wrong_effect);
                    tally.wrong_refusals += usize::from(verdict.wrong_refusal);
                }
            }
            if !verdict.solved() {
                say(&format!(
                    "not solved: {theme}/{}: {}",
                    script.name,
                    verdict.missing.join("; ")
                ));
                if eval.transcripts {
                    say(&talk.transcript);
                }
            }
        }
        anyhow::Ok(())
    })?;
    report(&groups, eval.at_least)
}

fn scripts(eval: &Dialogue) -> anyhow::Result<Vec<(String, Script)>> {
    let mut files: Vec<PathBuf> = fs::read_dir(&eval.scripts)
        .with_context(|| format!("`{}` cannot be read", eval.scripts.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
    files.sort();
    let mut scripts = Vec::new();
    for file in files {
        let theme = file.file_stem().unwrap_or_default().to_string_lossy();
        let theme = theme.into_owned();
        for script in script::read(&file)? {
            let wanted = eval
                .only
                .as_ref()
                .is_none_or(|only| script.name.contains(only.as_str()) || theme == *only);
            if wanted && !(eval.without_held_out && script.held_out) {
                scripts.push((theme.clone(), script));
            }
        }
    }
    if scripts.is_empty() {
        bail!("there is no such script in `{}`", eval.scripts.display());
    }
    Ok(scripts)
}

fn report(groups: &[(String, Tally)], at_least: Option<usize>) -> anyhow::Result<()> {
    say(&format!(
        "\n{:<22}scripts  solved    of 1000  messages each  wrong effects  wrong refusals",
        ""
    ));
    let mut all = Tally::default();
    for (name, tally) in groups {
        say(&format!(
            "{name:<22}{:>7}{:>8}{:>11}{:>11}.{}{:>15}{:>16}",
            tally.scripts,
            tally.solved,
            tally.solved * 1000 / tally.scripts.max(1),
            tally.messages / tally.scripts.max(1),
            tally.messages * 10 / tally.scripts.max(1) % 10,
            tally.wrong_effects,
            tally.wrong_refusals,
        ));
        if name == "all" {
            all = *tally;
        }
    }
    if let Some(at_least) = at_least {
        let solved = all.solved * 1000 / all.scripts.max(1);
        if solved < at_least {
            bail!("{solved} of 1000 are solved: {at_least} are wanted");
        }
        if all.wrong_effects > 0 {
            bail!("{} scripts ended with a wrong effect", all.wrong_effects);
        }
    }
    Ok(())
}
