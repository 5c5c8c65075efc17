//! The permission table: every route, and what whoever calls it must be allowed to do.
//!
//! The layer [`super::principal::authenticate`] looks each request up here and refuses a route that is not listed, so a new
//! route needs a line. Finer rules (a colleague's list, another's token) stand in the handler. Which role and which token scope
//! has a permission is said in `domain::access`.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::access::Permission::{self, *};
use http::Method;

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: health, the sign-in protocol, what the sign-in page needs.
    Anyone,
    /// To be somebody; with a token of any scope.
    Person,
    /// To have this permission, by role and, for an API token, by scope.
    May(Permission),
}

use Access::{Anyone, May, Person};

/// Method, path as in `openapi.json`, access. By area; a new route goes to its area.
pub const ROUTES: &[(&str, &str, Access)] = &[
    // Health and description.
    ("GET", "/health", Anyone),
    ("GET", "/ready", Anyone),
    ("GET", "/api/openapi.json", Anyone),
    ("GET", "/api/docs", Anyone),
    ("GET", "/api/docs/", Anyone),
    ("GET", "/api/docs/{*rest}", Anyone),
    ("GET", "/metrics", May(ReadCompanies)),
    // Status.
    ("GET", "/api/status", May(ReadCompanies)),
    ("GET", "/api/status/capabilities", Anyone),
    ("GET", "/api/status/config", May(ReadAudit)),
    ("GET", "/api/status/diagnosis", May(ReadAudit)),
    ("GET", "/api/db/info", May(ReadCompanies)),
    // Identity and administration.
    ("GET", "/api/me", Person),
    ("GET", "/api/me/sessions", May(ManageOwnAccount)),
    ("DELETE", "/api/me/sessions/{id}", May(ManageOwnAccount)),
    ("GET", "/api/me/export", May(ManageOwnAccount)),
    ("POST", "/api/me/erasure", May(ManageOwnAccount)),
    ("DELETE", "/api/me/erasure", May(ManageOwnAccount)),
    ("GET", "/api/tokens", May(ManageOwnAccount)),
    ("POST", "/api/tokens", May(ManageOwnAccount)),
    ("DELETE", "/api/tokens/{id}", May(ManageOwnAccount)),
    ("GET", "/api/admin/users", May(ManageUsers)),
    ("POST", "/api/admin/users", May(ManageUsers)),
    ("PATCH", "/api/admin/users/{id}", May(ManageUsers)),
    ("POST", "/api/admin/users/{id}/link", May(ManageUsers)),
    ("POST", "/api/admin/users/{id}/sign_out", May(ManageUsers)),
    ("DELETE", "/api/admin/users/{id}/second_factor", May(ManageUsers)),
    ("DELETE", "/api/admin/users/{id}/personal_data", May(ManageUsers)),
    ("GET", "/api/admin/tokens", May(ManageUsers)),
    ("DELETE", "/api/admin/tokens/{id}", May(ManageUsers)),
    ("GET", "/api/admin/audit", May(ReadAudit)),
    ("GET", "/api/admin/audit/actions", May(ReadAudit)),
    ("GET", "/api/admin/audit/export", May(ReadAudit)),
    ("POST", "/api/admin/audit/verify", May(ReadAudit)),
    // Sign-in by the protocol of Supabase Auth, whose handlers look at the session themselves.
    ("POST", "/auth/v1/token", Anyone),
    ("GET", "/auth/v1/user", Anyone),
    ("PUT", "/auth/v1/user", Anyone),
    ("POST", "/auth/v1/logout", Anyone),
    ("GET", "/auth/v1/session", Anyone),
    ("POST", "/auth/v1/scraper_token", Anyone),
    ("POST", "/auth/v1/invite", Anyone),
    ("POST", "/auth/v1/verify", Anyone),
    ("POST", "/auth/v1/recover", Anyone),
    ("POST", "/auth/v1/signup", Anyone),
    ("POST", "/auth/v1/factors", Anyone),
    ("DELETE", "/auth/v1/factors/{id}", Anyone),
    ("POST", "/auth/v1/factors/{id}/challenge", Anyone),
    ("POST", "/auth/v1/factors/{id}/verify", Anyone),
    ("GET", "/auth/v1/recovery_codes", Anyone),
    ("POST", "/auth/v1/recovery_codes", Anyone),
    ("POST", "/auth/v1/providers/{provider}/begin", Anyone),
    ("POST", "/auth/v1/providers/{provider}/finish", Anyone),
    ("POST", "/auth/v1/providers/{provider}/begin_link", Anyone),
    ("POST", "/auth/v1/providers/{provider}/finish_link", Anyone),
    ("GET", "/auth/v1/identities", Anyone),
    ("DELETE", "/auth/v1/identities/{id}", Anyone),
    ("GET", "/auth/v1/settings", Anyone),
    ("GET", "/auth/v1/health", Anyone),
    ("GET", "/auth/v1/.well-known/jwks.json", Anyone),
    // Companies.
    ("GET", "/api/companies/search", May(ReadCompanies)),
    ("POST", "/api/companies/batch", May(ReadCompanies)),
    ("GET", "/api/companies/{orgnr}", May(ReadCompanies)),
    ("GET", "/api/companies/{orgnr}/figures/{line}", May(ReadCompanies)),
    ("GET", "/api/companies/{orgnr}/filings", May(ReadCompanies)),
    ("GET", "/api/companies/{orgnr}/financials", May(ReadCompanies)),
    ("GET", "/api/companies/{orgnr}/peers", May(ReadCompanies)),
    ("GET", "/api/companies/{orgnr}/lists", May(ReadWork)),
    ("GET", "/api/filings/{id}/download", May(ReadCompanies)),
    ("GET", "/api/filings/{id}/document", May(ReadCompanies)),
    // Sources and imports.
    ("GET", "/api/sources/coverage", May(ReadCompanies)),
    ("GET", "/api/imports", May(ReadCompanies)),
    ("POST", "/api/imports", May(Import)),
    ("POST", "/api/imports/preview", May(Import)),
    ("GET", "/api/imports/mappings", May(Import)),
    ("POST", "/api/imports/mappings", May(Import)),
    ("PUT", "/api/imports/mappings/{id}", May(Import)),
    ("DELETE", "/api/imports/mappings/{id}", May(Import)),
    ("GET", "/api/imports/{id}", May(ReadCompanies)),
    ("GET", "/api/imports/{id}/rejections", May(ReadCompanies)),
    // The scraper service.
    ("GET", "/scraper/api/openapi.json", Anyone),
    ("GET", "/scraper/api/sources", May(ReadCompanies)),
    ("GET", "/scraper/api/sessions", May(ReadCompanies)),
    ("POST", "/scraper/api/sessions", May(Import)),
    ("GET", "/scraper/api/sessions/{id}", May(ReadCompanies)),
    ("GET", "/scraper/api/sessions/{id}/items", May(ReadCompanies)),
    ("GET", "/scraper/api/sessions/{id}/staged", May(ReadCompanies)),
    ("GET", "/scraper/api/sessions/{id}/events", May(ReadCompanies)),
    ("POST", "/scraper/api/sessions/{id}/start", May(Import)),
    ("POST", "/scraper/api/sessions/{id}/pause", May(Import)),
    ("POST", "/scraper/api/sessions/{id}/resume", May(Import)),
    ("POST", "/scraper/api/sessions/{id}/cancel", May(Import)),
    ("POST", "/scraper/api/sessions/{id}/retry", May(Import)),
    ("POST", "/scraper/api/sessions/{id}/validate", May(Import)),
    ("POST", "/scraper/api/sessions/{id}/promote", May(Import)),
    // The universe.
    ("POST", "/api/universe/query", May(ReadCompanies)),
    ("GET", "/api/universe/filters", May(ReadCompanies)),
    ("POST", "/api/universe/check", May(ReadCompanies)),
    ("POST", "/api/universe/complete", May(ReadCompanies)),
    ("POST", "/api/universe/parse", May(ReadCompanies)),
    ("POST", "/api/ai-filter", May(ReadCompanies)),
    ("POST", "/api/universe/funnel", May(ReadCompanies)),
    ("POST", "/api/universe/scatter", May(ReadCompanies)),
    ("POST", "/api/universe/similar", May(ReadCompanies)),
    ("POST", "/api/universe/stats", May(ReadCompanies)),
    ("GET", "/api/universe/export", May(Export)),
    ("POST", "/api/universe/export", May(Export)),
    // Exports that jobs write: one's own.
    ("GET", "/api/exports", May(Export)),
    ("POST", "/api/exports", May(Export)),
    ("GET", "/api/exports/{id}", May(Export)),
    ("DELETE", "/api/exports/{id}", May(Export)),
    ("GET", "/api/exports/{id}/download", May(Export)),
    ("POST", "/api/exports/{id}/cancel", May(Export)),
    ("POST", "/api/exports/{id}/retry", May(Export)),
    ("GET", "/api/universe/snapshots", May(ReadWork)),
    ("POST", "/api/universe/snapshots", May(EditWork)),
    ("GET", "/api/universe/snapshots/{id}", May(ReadWork)),
    ("DELETE", "/api/universe/snapshots/{id}", May(EditWork)),
    ("POST", "/api/universe/snapshots/{id}/rerun", May(ReadWork)),
    // Views.
    ("GET", "/api/views", May(ReadWork)),
    ("POST", "/api/views", May(EditWork)),
    ("GET", "/api/views/{id}", May(ReadWork)),
    ("PUT", "/api/views/{id}", May(EditWork)),
    ("DELETE", "/api/views/{id}", May(EditWork)),
    ("POST", "/api/views/{id}/restore", May(EditWork)),
    // Lists.
    ("GET", "/api/lists", May(ReadWork)),
    ("POST", "/api/lists", May(EditWork)),
    ("POST", "/api/lists/from_query", May(EditWork)),
    ("GET", "/api/lists/{id}", May(ReadWork)),
    ("PUT", "/api/lists/{id}", May(EditWork)),
    ("DELETE", "/api/lists/{id}", May(EditWork)),
    ("GET", "/api/lists/{id}/items", May(ReadWork)),
    ("POST", "/api/lists/{id}/items", May(EditWork)),
    ("POST", "/api/lists/{id}/items/remove", May(EditWork)),
    ("PUT", "/api/lists/{id}/items/{orgnr}/note", May(EditWork)),
    ("POST", "/api/lists/{id}/archive", May(EditWork)),
    ("POST", "/api/lists/{id}/restore", May(EditWork)),
    ("POST", "/api/lists/{id}/duplicate", May(EditWork)),
    ("POST", "/api/lists/{id}/merge", May(EditWork)),
    ("POST", "/api/lists/match", May(ReadWork)),
    ("POST", "/api/lists/match/workbook", May(ReadWork)),
    ("POST", "/api/lists/combine", May(EditWork)),
    ("POST", "/api/lists/combine/count", May(ReadWork)),
    ("POST", "/api/companies/marks", May(ReadWork)),
    ("POST", "/api/changes/{id}/undo", May(EditWork)),
    // Labels and exclusions.
    ("GET", "/api/labels", May(ReadWork)),
    ("POST", "/api/labels", May(EditWork)),
    ("PUT", "/api/labels/{id}", May(EditWork)),
    ("DELETE", "/api/labels/{id}", May(EditWork)),
    ("POST", "/api/labels/{id}/restore", May(EditWork)),
    ("POST", "/api/labels/{id}/items", May(EditWork)),
    ("POST", "/api/labels/{id}/items/remove", May(EditWork)),
    ("GET", "/api/exclusions", May(ReadWork)),
    ("POST", "/api/exclusions", May(ManageTeamWork)),
    ("POST", "/api/exclusions/remove", May(ManageTeamWork)),
    // Prospects, notes, activity, notifications, monitors.
    ("GET", "/api/people", May(ReadWork)),
    ("GET", "/api/prospects", May(ReadWork)),
    ("POST", "/api/prospects", May(EditWork)),
    ("POST", "/api/prospects/bulk", May(EditWork)),
    ("GET", "/api/prospects/export", May(Export)),
    ("POST", "/api/prospects/import", May(EditWork)),
    ("GET", "/api/prospects/stages", May(ReadWork)),
    ("PUT", "/api/prospects/stages", May(ManageTeamWork)),
    ("GET", "/api/prospects/{id}", May(ReadWork)),
    ("PATCH", "/api/prospects/{id}", May(EditWork)),
    ("GET", "/api/companies/{orgnr}/notes", May(ReadWork)),
    ("POST", "/api/companies/{orgnr}/notes", May(EditWork)),
    ("PUT", "/api/notes/{id}", May(EditWork)),
    ("DELETE", "/api/notes/{id}", May(EditWork)),
    ("POST", "/api/notes/{id}/restore", May(EditWork)),
    ("GET", "/api/notes/{id}/revisions", May(ReadWork)),
    ("GET", "/api/companies/{orgnr}/activity", May(ReadWork)),
    ("GET", "/api/notifications", May(ReadWork)),
    ("POST", "/api/notifications/mark", May(ReadWork)),
    ("GET", "/api/live/events", May(ReadWork)),
    // Jobs: one's own, and with ManageJobs everybody's.
    ("GET", "/api/jobs", May(ReadWork)),
    ("GET", "/api/jobs/{id}", May(ReadWork)),
    ("GET", "/api/jobs/{id}/events", May(ReadWork)),
    ("POST", "/api/jobs/{id}/cancel", May(EditWork)),
    ("POST", "/api/jobs/{id}/retry", May(EditWork)),
    ("POST", "/api/jobs/{id}/discard", May(ManageJobs)),
    ("POST", "/api/jobs/probe", May(ManageJobs)),
    ("GET", "/api/jobs/events", May(ManageJobs)),
    ("GET", "/api/jobs/queues", May(ManageJobs)),
    ("POST", "/api/jobs/queues/{queue}/pause", May(ManageJobs)),
    ("POST", "/api/jobs/queues/{queue}/resume", May(ManageJobs)),
    ("POST", "/api/jobs/queues/{queue}/retry_dead", May(ManageJobs)),
    ("GET", "/api/home", May(ReadWork)),
    ("GET", "/api/monitors", May(ReadWork)),
    ("PUT", "/api/views/{id}/monitor", May(EditWork)),
    ("DELETE", "/api/monitors/{id}", May(EditWork)),
    ("POST", "/api/monitors/{id}/check", May(EditWork)),
    ("GET", "/api/monitors/changes/{id}", May(ReadWork)),
    ("GET", "/api/admin/webhooks", May(ManageUsers)),
    ("POST", "/api/admin/webhooks", May(ManageUsers)),
    ("PUT", "/api/admin/webhooks/{id}", May(ManageUsers)),
    ("DELETE", "/api/admin/webhooks/{id}", May(ManageUsers)),
    ("POST", "/api/admin/webhooks/{id}/secret", May(ManageUsers)),
    ("POST", "/api/admin/webhooks/{id}/test", May(ManageUsers)),
    ("GET", "/api/admin/webhooks/{id}/calls", May(ManageUsers)),
    ("POST", "/api/admin/webhooks/{id}/calls/{call}/retry", May(ManageUsers)),
    // Jobs.
    // Enrichment and analysis.
    ("GET", "/api/runs", May(ReadWork)),
    ("GET", "/api/runs/{id}", May(ReadWork)),
    ("GET", "/api/runs/{id}/companies", May(ReadWork)),
    ("GET", "/api/runs/{id}/events", May(ReadWork)),
    ("POST", "/api/runs/{id}/cancel", May(RunAnalysis)),
    ("POST", "/api/runs/{id}/resume", May(RunAnalysis)),
    ("POST", "/api/runs/{id}/retry", May(RunAnalysis)),
    ("POST", "/api/enrichment/estimate", May(RunAnalysis)),
    ("POST", "/api/enrichment/run", May(RunAnalysis)),
    ("GET", "/api/enrichment/run/{id}/status", May(ReadWork)),
    ("POST", "/api/analysis/estimate", May(RunAnalysis)),
    ("POST", "/api/analysis/start", May(RunAnalysis)),
    ("GET", "/api/analysis/runs", May(ReadWork)),
    ("GET", "/api/analysis/runs/{id}", May(ReadWork)),
    ("GET", "/api/analysis/runs/{id}/companies", May(ReadWork)),
    ("PUT", "/api/analysis/runs/{id}/companies/{orgnr}/verdict", May(EditWork)),
    ("PATCH", "/api/analysis/runs/{id}/companies/{orgnr}/report", May(EditWork)),
    ("POST", "/api/analysis/runs/{id}/companies/{orgnr}/report/undo", May(EditWork)),
    ("GET", "/api/analysis/runs/{id}/companies/{orgnr}/report/history", May(ReadWork)),
    ("GET", "/api/analysis/templates", May(ReadWork)),
    ("POST", "/api/analysis/templates", May(EditWork)),
    ("GET", "/api/analysis/templates/{id}", May(ReadWork)),
    ("PUT", "/api/analysis/templates/{id}", May(EditWork)),
    ("DELETE", "/api/analysis/templates/{id}", May(EditWork)),
    ("POST", "/api/analysis/templates/{id}/restore", May(EditWork)),
    ("PUT", "/api/analysis/templates/{id}/default", May(ManageTeamWork)),
    ("GET", "/api/evaluations", May(ReadWork)),
    ("GET", "/api/analysis/rules", May(ReadWork)),
    ("GET", "/api/analysis/vocabulary", May(ReadWork)),
    ("POST", "/api/analysis/preview", May(RunAnalysis)),
    ("GET", "/api/runs/{id}/companies/{orgnr}/trace", May(ReadWork)),
    ("PUT", "/api/runs/{id}/budget", May(RunAnalysis)),
    ("GET", "/api/models", May(ReadWork)),
    ("GET", "/api/admin/models", May(ReadAudit)),
    ("POST", "/api/admin/models/{name}/probe", May(ManageUsers)),
    ("GET", "/api/companies/{orgnr}/findings", May(ReadWork)),
    ("GET", "/api/companies/{orgnr}/intel", May(ReadWork)),
    ("GET", "/api/companies/{orgnr}/ai-report", May(ReadWork)),
    ("POST", "/api/ai-reports/generate", May(RunAnalysis)),
    ("POST", "/api/ai-reports/generate-batch", May(RunAnalysis)),
    ("GET", "/api/pages/{sha256}", May(ReadWork)),
    // Valuation, memos and reports.
];

static TABLE: LazyLock<HashMap<(&str, &str), Access>> =
    LazyLock::new(|| ROUTES.iter().map(|(method, path, access)| ((*method, *path), *access)).collect());

/// What the route asks; `None` for one that the table does not list, which nobody may call.
#[must_use]
pub fn of(method: &Method, path: &str) -> Option<Access> {
    // HEAD reads what GET reads.
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    TABLE.get(&(method, path)).copied()
}

/// The methods that the table lists for the path; empty when it does not know the path.
#[must_use]
pub fn methods(path: &str) -> Vec<&'static str> {
    ROUTES.iter().filter(|(_, listed, _)| *listed == path).map(|(method, _, _)| *method).collect()
}

/// Whether some method of the path is anybody's.
#[must_use]
pub fn is_open(path: &str) -> bool {
    ROUTES.iter().any(|(_, listed, access)| *listed == path && *access == Anyone)
}

#[cfg(test)]
mod tests;
