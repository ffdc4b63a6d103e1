//! What a decision costs: may she do this, with the rules of a shop that has a hundred policies, in this
//! process. Times are those of the processor in this thread.

use std::{hint::black_box, time::Duration};

use access::{
    Action, BuiltIn, Conversation, Options, Permission, Question, Resource, Role, Rules, Shopper,
    Staff, State, Who,
};
use rustix::time::{ClockId, clock_gettime};
use terms::{Rng, ShopId, StaffId, Timestamp};

use super::row;
use crate::figures::{Series, micros, say};

/// How many policies the shop has at least.
const POLICIES: usize = 100;

struct Same(u8);

impl Rng for Same {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

/// What a decision may cost.
const MOST: Duration = Duration::from_micros(50);

/// Says whether half of all decisions stayed below what one may cost.
pub(super) fn measure(decisions: usize) -> anyhow::Result<bool> {
    let rules = rules()?;
    say(&format!(
        "\naccess: one decision, {} policies, {} roles, in this process",
        rules.policy_count(),
        rules.roles().len()
    ));
    let mut passed = true;
    let (shop, her) = (ShopId::random(&Same(1)), StaffId::random(&Same(1)));
    let conversation = |assigned| {
        Resource::Conversation(Conversation {
            shop,
            state: State::Human,
            closed: false,
            assigned,
        })
    };
    let shopper = Resource::Shopper(Shopper {
        shop,
        helped_by: vec![her],
    });
    let cases = [
        ("hers", Action::ReadConversation, conversation(Some(her))),
        ("the shop", Action::ReadOrders, Resource::Shop(shop)),
        ("one she helps", Action::RevealAddress, shopper),
        (
            "a colleague's",
            Action::ReadConversation,
            conversation(Some(StaffId::random(&Same(2)))),
        ),
    ];
    for role in [
        BuiltIn::Agent.into(),
        BuiltIn::Owner.into(),
        "team_1".parse()?,
    ] {
        let who = Who::Staff(Staff {
            id: her,
            shop,
            role,
            second_factor: true,
            access_ends: None,
        });
        for (about, action, resource) in &cases {
            let question = Question::new(&who, *action, resource, Timestamp::from_millis(1));
            let allowed = rules.allows(&question);
            let mut times = Vec::with_capacity(decisions);
            for _ in 0..decisions {
                let before = of_this_thread();
                let decided = rules.allows(black_box(&question));
                times.push(of_this_thread().saturating_sub(before));
                black_box(decided);
            }
            let series = Series::new(times);
            let (half, most) = (series.quantile(500), series.quantile(990));
            let within = half < MOST;
            passed &= within;
            row(
                &format!("{} {action}, {about}", who.role()),
                &format!(
                    "{}  CPU p50 {}  p99 {}{}",
                    if allowed { "yes" } else { "no " },
                    micros(half),
                    micros(most),
                    if within { "" } else { "  BEYOND 50 µs" }
                ),
            );
        }
    }
    Ok(passed)
}

/// The built-in rules and as many roles of a shop's own as make a hundred policies.
fn rules() -> anyhow::Result<Rules> {
    let permissions: Vec<Permission> = [
        "read_conversation:queue",
        "take_over:queue",
        "reply:assigned",
        "reveal_address:assigned",
        "read_orders",
        "break_glass",
    ]
    .iter()
    .map(|written| written.parse())
    .collect::<Result<_, _>>()?;
    let built_in = Rules::new(Options::default(), &[])?;
    let mut rules = built_in.clone();
    let mut roles = Vec::new();
    while rules.policy_count() < POLICIES {
        let name = format!("team_{}", roles.len() + 1).parse()?;
        roles.push(Role::new(name, "A team", permissions.iter().copied())?);
        rules = built_in.with_roles(&roles)?;
    }
    Ok(rules)
}

/// Processor time, so that what else the machine does is not counted.
fn of_this_thread() -> Duration {
    let told = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(told).unwrap_or_default()
}
