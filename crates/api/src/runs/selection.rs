//! Which companies a run is over: numbers, a list, or a screen; exactly one of them.

use domain::access::Visibility;
use domain::filter::json::to_json;
use domain::filter::{Condition, Filter};
use domain::orgnr::Orgnr;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::body::at_most;
use crate::input::orgnrs;
use crate::principal::Principal;
use crate::problem::{Problem, Result};
use crate::state::AppState;
use crate::universe::dto::SelectionParts;
use crate::universe::selection;
use services::lists::show;
use services::runs::MAX_COMPANIES;
use universe::engines::matching;
use universe::sets::Asker;

/// What a body says of which companies.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// These companies.
    pub orgnrs: Option<&'a [String]>,
    /// The companies of this list.
    pub list: Option<Uuid>,
    /// Whether a screen may match every company.
    pub everything: bool,
    /// The companies of this screen.
    pub screen: SelectionParts<'a>,
}

/// Declares a body that starts something over companies: its own fields, and numbers, a list or a screen.
macro_rules! run_body {
    ($(#[$outer:meta])* struct $name:ident { $($(#[$inner:meta])* $field:ident: $kind:ty,)* }) => {
        $crate::universe::dto::screen_body! {
            $(#[$outer])*
            struct $name {
                $($(#[$inner])* $field: $kind,)*
                /// These companies; or `list_id`, or a screen.
                orgnrs: Option<Vec<String>>,
                /// The companies of this list.
                #[serde(alias = "listId")]
                list_id: Option<uuid::Uuid>,
                /// Whether a screen that leaves out no company is meant so.
                everything: Option<bool>,
            }
        }

        impl $name {
            fn choice(&self) -> $crate::runs::selection::Choice<'_> {
                $crate::runs::selection::Choice {
                    orgnrs: self.orgnrs.as_deref(),
                    list: self.list_id,
                    everything: self.everything.unwrap_or(false),
                    screen: self.selection(),
                }
            }
        }
    };
}
pub(super) use run_body;

/// The chosen companies.
pub struct Chosen {
    /// Their numbers.
    pub orgnrs: Vec<Orgnr>,
    /// What is kept of the choice.
    pub told: Value,
    /// Who may see a run over them: what is on a private list is its owner's alone.
    pub scope: Visibility,
}

/// The companies that a body chooses.
pub async fn read(state: &AppState, person: &Principal, choice: Choice<'_>) -> Result<Chosen> {
    let Choice { orgnrs: given, list, everything, screen } = choice;
    match (given, list, screen.chooses().is_some()) {
        (Some(given), None, false) => {
            at_most(given, MAX_COMPANIES, "orgnrs")?;
            let numbers = orgnrs(given)?;
            Ok(Chosen { told: json!({ "orgnrs": numbers.len() }), orgnrs: numbers, scope: Visibility::Team })
        }
        (None, Some(id), false) => of_list(state, person, id).await,
        (None, None, true) => {
            let selected = selection::read(screen)?;
            if !selected.whole.has_conditions() && !everything {
                let message = "this screen leaves out no company: narrow it down, or send \"everything\": true";
                return Err(Problem::input("/filter", message));
            }
            let asker = selected.asked_by(person);
            // By its lists' ids, so that no name of a private one is kept; and what only one person may see makes a run that only they see.
            let kept = state.index.sets.by_id(person.user, selected.whole.clone()).await?;
            let scope = if kept.is_personal() { Visibility::Private } else { Visibility::Team };
            let told = json!({ "filter": to_json(&kept.filter) });
            let orgnrs = matching(&state.index, &state.db, asker, selected.whole, Vec::new()).await?;
            Ok(Chosen { orgnrs, told, scope })
        }
        _ => Err(Problem::input(
            "",
            "say which companies: one of orgnrs, list_id, or a screen (filter, filters, text or q)",
        )),
    }
}

async fn of_list(state: &AppState, person: &Principal, id: Uuid) -> Result<Chosen> {
    let list = show::list(&state.db, person, id).await?;
    let list = list.ok_or_else(|| Problem::input("/list_id", format!("there is no list {id} that you can see")))?;
    // Through the screen, which knows the members of dynamic lists too. Whoever names a list means all of it.
    let filter = Filter::Condition(Condition::InSet { set: format!("list:{id}") });
    let asker = Asker { user: person.user, include_excluded: true };
    let orgnrs = matching(&state.index, &state.db, asker, filter, Vec::new()).await?;
    Ok(Chosen { orgnrs, told: json!({ "list_id": id, "list_name": list.name }), scope: list.scope })
}
