//! What every operation of the description has in common, said in one place: who may call it, and with which errors the layers around
//! the handlers answer.
//!
//! A handler describes what it alone answers. Statuses that come from authentication, limits, extractors and the database are added
//! here from the permission table and from what the operation takes, so that a new route cannot forget them.

use std::collections::HashSet;

use utoipa::PartialSchema;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, Content, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder};

use super::access::{self, Access};
use super::problem::{InputError, MEDIA_TYPE, Problem};

/// Name of the one security scheme.
const BEARER: &str = "bearer";

/// Errors that layers, extractors and the database answer with: status, name of the shared response, when it comes.
const SHARED: [(u16, &str, &str); 12] = [
    (400, "BadRequest", "The request cannot be read: a broken body, form or header"),
    (401, "Unauthorized", "No token, or one that is not valid any more"),
    (403, "Forbidden", "The caller may not do this, or a page of a foreign origin asked"),
    (404, "NotFound", "What the path names does not exist, or the caller may not see it"),
    (413, "PayloadTooLarge", "The body is larger than this operation takes"),
    (414, "UriTooLong", "The address is longer than 16 kB"),
    (415, "UnsupportedMediaType", "The body is of another media type than the one described"),
    (422, "InvalidInput", "A parameter or a part of the body is wrong; `errors` names the places"),
    (429, "TooManyRequests", "Too many requests; Retry-After holds the seconds to wait"),
    (
        503,
        "Unavailable",
        "The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait",
    ),
    (504, "TimedOut", "The answer took too long and was given up"),
    (507, "InsufficientStorage", "The server's disk is full; nothing was changed"),
];

/// What parameters of a name may hold, wherever they stand and say nothing else: name and pattern.
const KNOWN_PARAMETERS: [(&str, &str); 4] = [
    // As `domain::orgnr` reads it; nine digits are Norwegian, whose last one has to be right.
    ("orgnr", "^[1-9][0-9][2-9][0-9]{3}-?[0-9]{4}$"),
    ("If-Match", "^(\\*|(W/)?\"?[0-9]{1,9}\"?)$"),
    ("language", "^(sv|en)$"),
    ("format", "^(csv|xlsx)$"),
];

/// Completes a description: the security scheme, who may call each operation, what parameters hold, and the shared errors.
pub fn complete(mut description: OpenApi) -> OpenApi {
    let components = description.components.get_or_insert_with(Components::new);
    for (name, schema) in [("Problem", Problem::schema()), ("InputError", InputError::schema())] {
        components.schemas.entry(name.to_owned()).or_insert(schema);
    }
    for (_, name, when) in SHARED {
        components.responses.insert(name.to_owned(), problem_response(when).into());
    }
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").description(Some(
        "A session's access token, or an API token (`lode_…`). An installation without sign-in asks for none.",
    ));
    components.security_schemes.insert(BEARER.to_owned(), SecurityScheme::Http(scheme.build()).into());
    let optional_bodies = all_optional(components);
    for (path, item) in &mut description.paths.paths {
        for (method, operation) in operations(item) {
            describe_body(operation, &optional_bodies);
            describe_parameters(operation);
            let access = access::ROUTES.iter().find(|(known, listed, _)| *known == method && listed == path);
            describe(path, access.map(|(_, _, access)| *access), operation);
        }
    }
    description
}

/// The schemas that an object without any key meets.
fn all_optional(components: &Components) -> HashSet<String> {
    let is_optional =
        |schema: &RefOr<Schema>| matches!(schema, RefOr::T(Schema::Object(object)) if object.required.is_empty());
    components.schemas.iter().filter(|(_, schema)| is_optional(schema)).map(|(name, _)| name.clone()).collect()
}

/// The reader of bodies takes no body for an object without keys.
fn describe_body(operation: &mut Operation, optional: &HashSet<String>) {
    let Some(RefOr::T(body)) = &mut operation.request_body else { return };
    let json = body.content.get("application/json");
    if let Some(RefOr::T(Content { schema: Some(RefOr::Ref(schema)), .. })) = json {
        let name = schema.ref_location.rsplit('/').next().unwrap_or_default();
        body.required = Some(if optional.contains(name) { Required::False } else { Required::True });
    }
}

fn describe_parameters(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        let known = KNOWN_PARAMETERS.iter().find(|(name, _)| *name == parameter.name);
        if let Some((_, pattern)) = known
            && let Some(RefOr::T(Schema::Object(schema))) = &mut parameter.schema
        {
            schema.pattern.get_or_insert_with(|| (*pattern).to_owned());
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let found = [
        ("GET", item.get.as_mut()),
        ("POST", item.post.as_mut()),
        ("PUT", item.put.as_mut()),
        ("PATCH", item.patch.as_mut()),
        ("DELETE", item.delete.as_mut()),
    ];
    found.into_iter().filter_map(|(method, operation)| Some((method, operation?)))
}

fn problem_response(when: &str) -> Response {
    ResponseBuilder::new()
        .description(when)
        .content(MEDIA_TYPE, Content::new(Some(Ref::from_schema_name("Problem"))))
        .build()
}

fn describe(path: &str, access: Option<Access>, operation: &mut Operation) {
    // Handlers of the sign-in protocol look at the session themselves, and say so by their 401.
    let is_protected = access != Some(Access::Anyone) || operation.responses.responses.contains_key("401");
    operation.security =
        Some(if is_protected { vec![SecurityRequirement::new(BEARER, [] as [&str; 0])] } else { Vec::new() });
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            if status.starts_with(['4', '5']) {
                name_problem_media_type(response);
            }
            name_table_media_types(response);
            if response.description.is_empty() {
                response.description = usual_meaning(status).to_owned();
            }
        }
    }
    // Probes are answered outside every limit.
    if matches!(path, "/health" | "/ready") {
        return;
    }
    let has_body = operation.request_body.is_some();
    let has_parameters = operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
    let speaks_supabase = path.starts_with("/auth/v1/");
    for (status, name, when) in SHARED {
        let applies = match status {
            400 | 413 | 415 => has_body,
            401 => is_protected || speaks_supabase,
            // Bodies name things too, and an installation without accounts of its own has no sign-in.
            404 => has_body || path.contains('{') || speaks_supabase,
            422 => has_body || has_parameters,
            _ => true,
        };
        if !applies {
            continue;
        }
        let responses = &mut operation.responses.responses;
        match responses.get_mut(&status.to_string()) {
            // The handler's own form of the error beside that of the layers around it.
            Some(RefOr::T(response)) => {
                response
                    .content
                    .entry(MEDIA_TYPE.to_owned())
                    .or_insert_with(|| Content::new(Some(Ref::from_schema_name("Problem"))).into());
            }
            Some(_) => {}
            None if speaks_supabase => {
                let own = Content::new(Some(Ref::from_schema_name("AuthErrorBody")));
                let mut response = problem_response(when);
                response.content.insert("application/json".to_owned(), own.into());
                responses.insert(status.to_string(), response.into());
            }
            None => {
                responses.insert(status.to_string(), Ref::from_response_name(name).into());
            }
        }
    }
}

/// Errors are problems, of their own media type, wherever a handler says that their body is one.
fn name_problem_media_type(response: &mut Response) {
    let is_problem = |content: &RefOr<Content>| match content {
        RefOr::T(Content { schema: Some(RefOr::Ref(schema)), .. }) => schema.ref_location.ends_with("/Problem"),
        _ => false,
    };
    if response.content.get("application/json").is_some_and(is_problem)
        && let Some(content) = response.content.shift_remove("application/json")
    {
        response.content.insert(MEDIA_TYPE.to_owned(), content);
    }
}

/// A file of companies is comma-separated values or a workbook, as asked for.
fn name_table_media_types(response: &mut Response) {
    if response.content.shift_remove("application/octet-stream").is_some() {
        for media_type in ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] {
            response.content.insert(media_type.to_owned(), Content::new(None::<Ref>).into());
        }
    }
}

/// What a status means that the handler says nothing more of.
fn usual_meaning(status: &str) -> &'static str {
    let shared = SHARED.iter().find(|(known, ..)| known.to_string() == status).map(|(_, _, when)| *when);
    shared.unwrap_or(match status {
        "200" => "Done",
        "201" => "Made",
        "202" => "Accepted; a job does it",
        "204" => "Done; there is nothing to answer",
        "409" => "It stands in the way of what is there already",
        "410" => "It is gone",
        "412" => "Changed by somebody else meanwhile; `current` is the object as it is now",
        _ => "See the problem's detail",
    })
}

#[cfg(test)]
mod tests {
    use super::super::{openapi, scraper_openapi};

    /// Every operation of both descriptions, as JSON with its method and path.
    fn operations() -> Vec<(String, serde_json::Value)> {
        let mut found = Vec::new();
        for description in [openapi(), scraper_openapi()] {
            let description = serde_json::to_value(description).unwrap();
            for (path, item) in description["paths"].as_object().unwrap() {
                for (method, operation) in item.as_object().unwrap() {
                    found.push((format!("{} {path}", method.to_uppercase()), operation.clone()));
                }
            }
        }
        assert!(found.len() > 150, "only {} operations", found.len());
        found
    }

    #[test]
    fn every_operation_declares_its_security_and_the_shared_errors() {
        for (name, operation) in operations() {
            assert!(operation["security"].is_array(), "{name}: no security");
            if name.ends_with("/health") || name.ends_with("/ready") {
                continue;
            }
            let has = |status: &str| operation["responses"].get(status).is_some();
            for status in ["403", "414", "429", "503", "504", "507"] {
                assert!(has(status), "{name}: {status} is not declared");
            }
            assert!(has("404") || !name.contains('{'), "{name}: 404");
            for status in ["400", "413", "415", "422"] {
                assert!(has(status) || operation.get("requestBody").is_none(), "{name}: {status}");
            }
        }
    }

    #[test]
    fn every_error_but_that_of_ready_is_a_problem_of_its_media_type_or_an_error_of_the_sign_in_protocol() {
        for (name, operation) in operations() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert_ne!(response["description"], "", "{name} {status} says nothing");
                if !status.starts_with(['4', '5']) || response.get("$ref").is_some() {
                    continue;
                }
                let Some(content) = response["content"].as_object() else { continue };
                for (media_type, content) in content {
                    // What is ready and what is not, for load balancers.
                    if name == "GET /ready" {
                        continue;
                    }
                    let is_auth = content["schema"]["$ref"] == "#/components/schemas/AuthErrorBody";
                    assert!(media_type == "application/problem+json" || is_auth, "{name} {status}: {media_type}");
                }
            }
        }
    }
}
