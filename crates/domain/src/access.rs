//! Who may do what: roles, permissions, and the one table that joins them.

use serde::{Deserialize, Serialize};

/// A person's role in the house. Each role may do everything that the one before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads everything that is shared; changes nothing.
    Viewer,
    /// Screens, keeps lists and works the pipeline.
    Analyst,
    /// Decides: deletes what belongs to the team, shapes the pipeline, spends money on runs.
    Partner,
    /// Runs the installation: people, tokens, imports, integrations, the audit log.
    Admin,
}

impl Role {
    /// Every role, weakest first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Analyst, Self::Partner, Self::Admin];

    /// The name used in the database, tokens and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Analyst => "analyst",
            Self::Partner => "partner",
            Self::Admin => "admin",
        }
    }

    /// Reads [`Role::as_str`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether the role includes the permission.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        self >= permission.least_role()
    }
}

/// Something a request does, as coarse as the roles can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Read companies, figures, filings, coverage; run a screen.
    ReadCompanies,
    /// Read lists, views, labels, prospects and notes that one may see.
    ReadWork,
    /// Take companies out of the house as a file.
    Export,
    /// Make and change lists, views, labels, notes and prospects: one's own and the team's.
    EditWork,
    /// Delete or archive what belongs to the team; configure stages; edit the exclusion list.
    ManageTeamWork,
    /// Make, see and revoke one's own API tokens; change one's own password.
    ManageOwnAccount,
    /// Start imports.
    Import,
    /// People, roles, invitations, everyone's tokens, integrations.
    ManageUsers,
    /// Read, export and verify the audit log; see the running configuration.
    ReadAudit,
}

impl Permission {
    /// The weakest role that has the permission: the whole permission table.
    #[must_use]
    pub fn least_role(self) -> Role {
        match self {
            Self::ReadCompanies | Self::ReadWork | Self::ManageOwnAccount => Role::Viewer,
            Self::Export | Self::EditWork => Role::Analyst,
            Self::ManageTeamWork => Role::Partner,
            Self::Import | Self::ManageUsers | Self::ReadAudit => Role::Admin,
        }
    }
}

/// Who can see an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Its owner alone; not even an administrator finds it in a list.
    Private,
    /// Everyone in the house.
    Team,
}

impl Visibility {
    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Team => "team",
        }
    }

    /// Reads [`Visibility::as_str`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        match text {
            "private" => Some(Self::Private),
            "team" => Some(Self::Team),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_includes_the_weaker_ones() {
        assert!(Role::Viewer < Role::Analyst && Role::Analyst < Role::Partner && Role::Partner < Role::Admin);
        assert!(Role::Viewer.may(Permission::ReadCompanies) && !Role::Viewer.may(Permission::EditWork));
        assert!(Role::Analyst.may(Permission::EditWork) && !Role::Analyst.may(Permission::ManageTeamWork));
        assert!(Role::Partner.may(Permission::ManageTeamWork) && !Role::Partner.may(Permission::ReadAudit));
        assert!(Role::Admin.may(Permission::ReadAudit));
    }

    #[test]
    fn names_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.as_str()), Some(role));
        }
        assert_eq!(Role::from_name("owner"), None);
    }
}
