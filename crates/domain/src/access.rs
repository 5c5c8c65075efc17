//! Who may do what: roles, permissions, and the one table that joins them.

use serde::{Deserialize, Serialize};

/// A person's role in the organisation. Each role may do everything that the one before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads everything that is shared; changes nothing.
    Viewer,
    /// Screens, keeps lists and works the pipeline.
    Analyst,
    /// Decides: deletes what belongs to the team, shapes the pipeline.
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
    /// Take companies out of the organisation as a file.
    Export,
    /// Make and change lists, views, labels, notes and prospects: one's own and the team's.
    EditWork,
    /// Delete or archive what belongs to the team; configure stages; edit the exclusion list.
    ManageTeamWork,
    /// Make, see and revoke one's own API tokens; change one's own password.
    ManageOwnAccount,
    /// Start enrichment and analysis, which may cost money.
    RunAnalysis,
    /// Start imports.
    Import,
    /// See everybody's jobs; cancel, retry and discard them; pause queues.
    ManageJobs,
    /// People, roles, invitations, everyone's tokens, integrations.
    ManageUsers,
    /// Read, export and verify the audit log; see the running configuration.
    ReadAudit,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 11] = [
        Self::ReadCompanies,
        Self::ReadWork,
        Self::Export,
        Self::EditWork,
        Self::ManageTeamWork,
        Self::ManageOwnAccount,
        Self::RunAnalysis,
        Self::Import,
        Self::ManageJobs,
        Self::ManageUsers,
        Self::ReadAudit,
    ];

    /// The name used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReadCompanies => "read_companies",
            Self::ReadWork => "read_work",
            Self::Export => "export",
            Self::EditWork => "edit_work",
            Self::ManageTeamWork => "manage_team_work",
            Self::ManageOwnAccount => "manage_own_account",
            Self::RunAnalysis => "run_analysis",
            Self::Import => "import",
            Self::ManageJobs => "manage_jobs",
            Self::ManageUsers => "manage_users",
            Self::ReadAudit => "read_audit",
        }
    }

    /// The weakest role that has the permission: the whole permission table.
    #[must_use]
    pub fn least_role(self) -> Role {
        match self {
            Self::ReadCompanies | Self::ReadWork | Self::ManageOwnAccount => Role::Viewer,
            Self::Export | Self::EditWork | Self::RunAnalysis => Role::Analyst,
            Self::ManageTeamWork => Role::Partner,
            Self::Import | Self::ManageJobs | Self::ManageUsers | Self::ReadAudit => Role::Admin,
        }
    }

    /// The scope that an API token needs for it; `None` for what no token may do, because it could widen its own rights.
    #[must_use]
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::ReadCompanies | Self::ReadWork => Some(Scope::Read),
            Self::EditWork | Self::ManageTeamWork => Some(Scope::Write),
            Self::Export => Some(Scope::Export),
            Self::RunAnalysis => Some(Scope::Run),
            Self::Import => Some(Scope::Import),
            Self::ManageJobs | Self::ReadAudit => Some(Scope::Admin),
            Self::ManageUsers | Self::ManageOwnAccount => None,
        }
    }
}

/// What an API token is for. It never gives more than its owner's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read companies and what the owner may see.
    Read,
    /// Change lists, views, labels, notes and prospects.
    Write,
    /// Take companies out as a file.
    Export,
    /// Start enrichment and analysis.
    Run,
    /// Start imports.
    Import,
    /// See everybody's jobs; cancel, retry and discard them; pause queues.
    ManageJobs,
    /// Read the audit log and the running configuration.
    Admin,
}

impl Scope {
    /// Every scope, narrowest first.
    pub const ALL: [Self; 6] = [Self::Read, Self::Write, Self::Export, Self::Run, Self::Import, Self::Admin];

    /// The name used in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Export => "export",
            Self::Run => "run",
            Self::Import => "import",
            Self::ManageJobs => "manage_jobs",
            Self::Admin => "admin",
        }
    }

    /// Reads [`Scope::as_str`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// Who can see an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Its owner alone; not even an administrator finds it in a list.
    Private,
    /// Everyone in the organisation.
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
        for scope in Scope::ALL {
            assert_eq!(Scope::from_name(scope.as_str()), Some(scope));
        }
    }
}
