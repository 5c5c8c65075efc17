// Longer than 500 lines because it is generated from openapi.json by `npm run api`. Do not edit.

export interface paths {
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of the person. */
                    actor?: string;
                    /** @description An action (`list.create`) or all of a noun (`list`). */
                    action?: string;
                    /** @description What it was done to, as `list:<id>`. */
                    subject?: string;
                    /** @description Organisation number. */
                    orgnr?: string;
                    /** @description Not before this instant (RFC 3339). */
                    from?: string;
                    /** @description Before this instant. */
                    until?: string;
                    /** @description Events older than the one with this id: `next` of the page before. */
                    before?: number;
                    /** @description How many at most, 1 to 500; 50 when not given. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditPage"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The actions that occur in the log, for choosing one. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditActions"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The filtered log as CSV, newest first, with the hashes of the chain. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of the person. */
                    actor?: string;
                    /** @description An action (`list.create`) or all of a noun (`list`). */
                    action?: string;
                    /** @description What it was done to, as `list:<id>`. */
                    subject?: string;
                    /** @description Organisation number. */
                    orgnr?: string;
                    /** @description Not before this instant (RFC 3339). */
                    from?: string;
                    /** @description Before this instant. */
                    until?: string;
                    /** @description Events older than the one with this id: `next` of the page before. */
                    before?: number;
                    /** @description How many at most, 1 to 500; 50 when not given. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Comma-separated values, UTF-8 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Seals what is not sealed yet, then checks the whole chain. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditVerification"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The models with their settings and what they were seen to be able to do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelSettingsListDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models/{name}/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has a worker ask a model what it can do. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A worker asks it as soon as one is free */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                /** @description No such model */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody's API tokens. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiTokens"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes anybody's API token back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who has an account or came with a token. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AdminUsers"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Makes an account and its invitation, to be passed on or, with `by_email`, mailed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewUser"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountLink"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description The address has an account */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes role or name, keeps a person out or lets them in again. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["UserPatch"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AdminUser"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description E.g. the last administrator */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        trace?: never;
    };
    "/api/admin/users/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a new one-time link: the invitation again, or one to choose a new password. Earlier links stop working. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountLink"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/personal_data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Erases a person permanently: account, sessions, messages and private things are deleted; shared work keeps a number that leads to nobody. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description E.g. oneself, or the last administrator */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/second_factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes every second factor and recovery code of a person away who lost theirs, and ends their sessions: they sign in by password and add
         *     a new one.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sign_out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends every session of a person. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The webhooks of the organisation. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhooksDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Makes a webhook; its secret is shown this once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookSecretDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a webhook. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookRequest"];
                };
            };
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        /** Deletes a webhook with the log of its calls. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calls of a webhook. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookCallsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/calls/{call}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a call that failed permanently back among those that wait. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    call: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a webhook a new secret, shown this once; the old one signs nothing more. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookSecretDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls a webhook once with a harmless message, now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookTestDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai-filter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A sentence in Swedish or English as a filter: what each phrase became, and which words became nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AskResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai-reports/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A report of a company: the kept one while it is younger than `AI_REPORT_MAX_AGE_DAYS` and made from the same figures by the same
         *     writer, or else a new one. The first configured model that answers writes it, its sentences checked; rules do where there is none, or
         *     where its answer cannot be used (`method` says which).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GenerateRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyReportDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai-reports/generate-batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reports of several companies, four at a time; a company that is not known does not stop the others. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GenerateBatchRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many companies an analysis would be over, how long it would take, and what it would cost. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["AnalysisRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnalysisEstimateDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows what a model would be asked about one company and what that would cost, without asking. To see the answer too, start a run over the
         *     one company and read its trace.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PreviewRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PreviewDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description Nothing is known of the company */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every rule with its words, in the order in which findings are shown. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RulesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The analysis runs that one may see, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `enrichment` or `analysis`; both when not given. */
                    kind?: string;
                    /** @description Runs older than this instant: `created_at` of the last one of the page before. */
                    before?: string;
                    /** @description How many at most, 1 to 200; 50 when not given. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnalysisRunsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One analysis run. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/runs/{id}/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies of an analysis run, best score first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those with a part in this state: `queued`, `running`, `completed`, `failed`, `skipped` or `cancelled`. */
                    state?: string;
                    /** @description How many at most, 1 to 500; 100 when not given. */
                    limit?: number;
                    /** @description How many to pass over. */
                    offset?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunCompaniesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/runs/{id}/companies/{orgnr}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes the report of a company. A person's words stand apart from the checked sentences, and the history keeps what stood before. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EditRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevisedDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description The report was changed meanwhile */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        trace?: never;
    };
    "/api/analysis/runs/{id}/companies/{orgnr}/report/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people changed in the report of a company: who, when, what stood there before. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReportHistoryDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/runs/{id}/companies/{orgnr}/report/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts the report back that stood before a version was made; the history keeps both. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UndoRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevisedDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description The report was changed meanwhile */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/runs/{id}/companies/{orgnr}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Approves or rejects what the analysis says about a company. What is approved in a run of the team becomes the company's fit score,
         *     recommendation and levers in the screen; taking it back takes them away.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["VerdictRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VerdictDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts an analysis, by rules or by a model. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["AnalysisRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StartedDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every template in its newest version. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplatesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Saves a template. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TemplateRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A template in one of its versions. One that was deleted can still be read, for runs were made with it. */
        get: {
            parameters: {
                query?: {
                    /** @description The newest one when not given. */
                    version?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        /** Saves a new version of a template; runs keep the version that they were made with. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TemplateRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description Changed meanwhile */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        /** Deletes a template, which can be brought back. Runs that were made with it keep it. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/templates/{id}/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes the newest version of a template what runs take that name none; refused with 409 before `lode eval` has recorded how well it does. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DefaultRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DefaultTemplateDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/templates/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a deleted template back; one that is not deleted stays as it is. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analysis/vocabulary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sections, levers, degrees and recommendations, with their labels. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VocabularyDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/changes/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes back a change that one made oneself, within 30 days: the companies that it put in go, those that it took out come
         *     back with their notes.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UndoneDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Several companies at once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BatchRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Labels, number of lists, exclusion, and what a list says of them, for a page of companies. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MarksRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MarksResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Companies by name or number, best match first. */
        get: {
            parameters: {
                query: {
                    /** @description Words of the name, or the beginning of an organisation number, also as `16…` or `SE…01`; at most 200 characters. */
                    q: string;
                    /** @description Most companies to answer, 1–50; 10 when left out. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SearchResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One company: register data and every field of the catalogue. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Organisation number, with or without hyphen */
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The activity log of a company. */
        get: {
            parameters: {
                query?: {
                    /** @description Only what happened before the event with this id. */
                    before?: number;
                    /** @description At most 200 (default 50). */
                    limit?: number;
                };
                header?: never;
                path: {
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ActivitiesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/ai-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest report of a company; 404 while none was made. */
        get: {
            parameters: {
                query?: {
                    /** @description `sv` or `en`; the newest of either when not given. */
                    language?: string;
                };
                header?: never;
                path: {
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyReportDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/figures/{line}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a figure comes from, in every filing that gives it. */
        get: {
            parameters: {
                query?: {
                    /** @description Last day of the fiscal period; the newest when left out. */
                    period_end?: string;
                    /** @description `company` (default) or `group`. */
                    scope?: string;
                    /** @description The truth as it was known on this day (YYYY-MM-DD); now when left out. */
                    as_of?: string;
                };
                header?: never;
                path: {
                    /** @description Organisation number, with or without hyphen */
                    orgnr: string;
                    /** @description Key of a line, of a derived line (ebitda, adjusted_equity) or of a metric */
                    line: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Figure"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/filings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company's filings, newest period first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Organisation number, with or without hyphen */
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FilingsResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/financials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A company's statements, newest period first: company and group apart, restatements on request. */
        get: {
            parameters: {
                query?: {
                    /** @description `company` or `group`; both when left out. */
                    scope?: string;
                    /** @description The truth as it was known on this day (YYYY-MM-DD); now when left out. */
                    as_of?: string;
                    /** @description Also the versions that later filings have replaced; false when left out. */
                    restated?: boolean;
                };
                header?: never;
                path: {
                    /** @description Organisation number, with or without hyphen */
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FinancialsResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a company's website and analyses say, each with its evidence. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FindingsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/intel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that is known of a company beyond registers and filings: where its website is, what that is made with, and what was found. */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description Kinds of artifacts, comma separated: `llm_analysis` (or `ai_analysis`), `ai_report`, `company_profile`, `website_insights`,
                     *     `about_summary`; all when not given.
                     */
                    kinds?: string;
                };
                header?: never;
                path: {
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IntelDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lists that one may see and that hold the company, dynamic ones included. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MembershipsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The notes on a company that one may see. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyNotesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Writes a note on a company. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CompanyNoteRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyNoteDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{orgnr}/peers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a company stands among companies of its industry and size, in every ratio. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Organisation number, with or without hyphen */
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PeersResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/db/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version, size, migration level and tables of the database. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DatabaseView"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enrichment/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many companies a run would be over, how many are fresh, and how long it would take. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["EnrichmentRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EstimateDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enrichment/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts a run; what is fresh is skipped unless `force` says otherwise. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["EnrichmentRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StartedDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enrichment/run/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an enrichment run stands: counts by kind, what failed and why, what was skipped as fresh. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatusDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The evaluations that were recorded, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Of this template alone. */
                    template_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EvaluationsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exclusions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The excluded companies. */
        get: {
            parameters: {
                query?: {
                    /** @description Words in the name or the reason, or digits of the number. */
                    q?: string;
                    /** @description 1–1000; 100 when left out. */
                    limit?: number;
                    /** @description Rows to skip. */
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExclusionsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Hides companies from every screen; those that are hidden keep their reason. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ExcludeRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemsChanged"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exclusions/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows companies again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ItemsRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemsChanged"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own exports, newest first, and whether anybody works on them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExportList"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Asks for a file; a job writes it. `GET /api/exports/{id}` tells how far it is. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["NewExportRequest"];
                };
            };
            responses: {
                /** @description Accepted; a job does it */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExportDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description Too many are not finished */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One export of one's own, with how far it is. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the export */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExportDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        /** Removes an export with its file; one that is not finished is stopped. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the export */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops an export. One that waits is cancelled at once; one that is being written is told and stops within moments. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the export */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExportDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has ended */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file, as long as it is kept. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the export */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description CSV, or a workbook with a provenance sheet */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is not written */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It was kept for its time */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks again for an export that failed, was cancelled or has expired, of the data as it is now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the export */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted; a job does it */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ExportDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is ready, or not finished; or too many are not */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filings/{id}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A filed document as a page that is safe to show: its text, tables and styles, without anything that runs, loads or sends. The
         *     tagged number that is asked for is marked as `<mark id="lode-figure">`. What was filed, byte for byte, is the download.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Position of the document in the package, from 1 (default 1), as a figure's `document` says. */
                    document?: number;
                    /** @description Concept of the tagged number that is marked. */
                    concept?: string;
                    /** @description Id of its context. */
                    context?: string;
                };
                header?: never;
                path: {
                    /** @description Id of the filing */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filings/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The package of a filing, byte for byte as it was imported. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the filing */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/zip": number[];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a day begins with. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HomeDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Import runs, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description How many at most, 1 to 500; 50 when not given. */
                    limit?: number;
                    /** @description How many to leave out first. */
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportList"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Uploads files and has them imported in the background. */
        post: {
            parameters: {
                query: {
                    /** @description `filings`, `register`, `scb`, `accounts` or `companies`. */
                    kind: string;
                    /** @description Count what would happen; write nothing. */
                    dry_run?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["UploadForm"];
                };
            };
            responses: {
                /** @description Accepted; a job does it */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Accepted"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mappings that the team has kept. */
        get: {
            parameters: {
                query?: {
                    /** @description `accounts` or `companies`; both when not given. */
                    kind?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportMappingsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Keeps a mapping by name. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ImportMappingRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportMappingDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/mappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a mapping; what is left out stays. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The version that the change was made from */
                    "If-Match"?: string | null;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ImportMappingRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportMappingDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Changed by somebody else meanwhile; `current` is the object as it is now */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        /** Removes a mapping. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what a table will be read as: which heading is which field in which unit, what is left out and why, and the first
         *     rows as they will be read. Writes nothing.
         */
        post: {
            parameters: {
                query: {
                    /** @description `accounts` or `companies`. */
                    kind: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["PreviewForm"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportPreview"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import run with its report and first rejections. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the run */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportDetail"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an import run refused, in the order of the input. */
        get: {
            parameters: {
                query?: {
                    /** @description How many at most, 1 to 500; 50 when not given. */
                    limit?: number;
                    /** @description How many to leave out first. */
                    offset?: number;
                };
                header?: never;
                path: {
                    /** @description Identity of the run */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RejectionList"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Of this queue. */
                    queue?: string;
                    /** @description Of this kind. */
                    kind?: string;
                    /** @description In these states, separated by commas. */
                    state?: string;
                    /** @description About this: `list:…`. */
                    subject?: string;
                    /** @description Only those that one asked for oneself. Without the permission to manage jobs it is always so. */
                    mine?: boolean;
                    /** @description Older than this job: `next` of the page before. */
                    before?: number;
                    /** @description How many at most, 1 to 200; 50 when not given. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobList"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The queues live: an event `queues` with what GET /api/jobs/queues answers, whenever it changes. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events `queues` */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enqueues a test job that leaves a trace and does nothing else: whether it completes tells whether workers work. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted; a job does it */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Probe"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The queues, the workers that live, and the schedules. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QueueOverview"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/queues/{queue}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a queue from starting anything; what runs goes on. Doing it twice changes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Name of the queue */
                    queue: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QueueOverview"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/queues/{queue}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a paused queue go on. Doing it twice changes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Name of the queue */
                    queue: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QueueOverview"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/queues/{queue}/retry_dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets every dead job of a queue run again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Name of the queue */
                    queue: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Retried"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job with what it works on and its failed attempts. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the job */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetail"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks a job to stop. One that waits is cancelled at once; one that runs is told and ends when it can. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the job */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetail"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has ended */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a job out of sight that waits or is dead: it is cancelled permanently. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the job */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetail"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It runs or is done */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job live: an event `job` with what GET /api/jobs/{id} answers, whenever it changes; the stream ends with the job. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the job */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events `job` */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a job run again that is dead, cancelled, or waits for its next attempt. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Identity of the job */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetail"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It runs, is done, or another one has taken its place */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The labels that one may see. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyLabelsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Makes a label. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["CompanyLabelRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyLabelDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a label; what is left out stays. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The version that the change was made from */
                    "If-Match"?: string | null;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["CompanyLabelRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyLabelDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Changed by somebody else meanwhile; `current` is the object as it is now */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        /** Deletes a label; for 30 days it can be brought back, with the companies that carry it. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Labels companies. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ItemsRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemsChanged"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels/{id}/items/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a label off companies. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ItemsRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemsChanged"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a deleted label back. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyLabelDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lists that one may see, last changed first. A list that changes while pages are read comes first again. */
        get: {
            parameters: {
                query?: {
                    /** @description `private`, `team` or `all` (default). */
                    scope?: string;
                    /** @description `no` (default): lists in use; `yes`: those put away; `all`. */
                    archived?: string;
                    /** @description How many at most, 1 to 1000; 1000 when not given. */
                    limit?: number;
                    /** @description `next` of the page before. */
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Makes a list, with companies in it when they are given; a dynamic one needs a filter instead. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ListRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/combine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a list of what lists make together. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CombineRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/combine/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many companies lists make together. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CountRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CountDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/from_query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a list of every company that a screen matches. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FromQueryRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says which companies a text means, and writes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MatchRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MatchReport"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/match/workbook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads the table of an Excel workbook (.xlsx, at most 2 MB and 20 000 rows), and writes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": number[];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WorkbookText"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One list, without its companies. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        /**
         * Changes what a list says of itself; what is left out stays. `kind: "static"` keeps the companies that a dynamic list holds
         *     now.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The version that the change was made from */
                    "If-Match"?: string | null;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ListRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description Changed meanwhile; `current` is the list as it is now */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The same, when the version stood in If-Match */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        /** Deletes a list; for 30 days it can be brought back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts a list away, or takes it out again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ArchiveRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes another list with the same companies, notes and filter; it is one's own, private unless said otherwise. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DuplicateRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies of a list, by number; their figures come from a screen with the condition `in list`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MembersDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Puts companies in; those that are in it stay. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ItemsRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemsChanged"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}/items/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes companies out. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ItemsRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemsChanged"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}/items/{orgnr}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes why a company is on a list. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ListNoteRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListNoteDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pours lists into a list, notes included. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MergeRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ItemsChanged"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lists/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a deleted list back. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What has just changed: an event `live` at the start, then an event `change` with the kinds of things that changed, as a list of
         *     `prospects`, `notes`, `lists`, `labels`, `exclusions`, `views`, `monitors`, `runs`, `templates`, `imports`, `notifications`. Ask
         *     for what you show of these anew. After a lost connection anything may have changed.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events `live` and `change` */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description Too many open streams */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks that what is kept of oneself is erased; administrators see it and do it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        /** Takes the request back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that is kept of oneself, as a file. Secrets, and what is kept of them, are left out; of each table at most 10 000 rows are told. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonalData"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one is signed in with a built-in account. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Sessions"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of one's own sessions. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The models that runs can name, and what is spent of the month's limit. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/monitors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The screens that one watches. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MonitorsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/monitors/changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed on a watched screen: who entered, who left, and because of which figures. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScreenDifferenceDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/monitors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Stops watching. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/monitors/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks a watched screen now. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheckedDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replaces the text of a note; the former one is kept. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CompanyNoteRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyNoteDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        /** Deletes a note; it can be brought back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a deleted note back. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyNoteDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The texts that a note had before. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NoteRevisionsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own notifications. */
        get: {
            parameters: {
                query?: {
                    /** @description Only unread ones. */
                    unread?: boolean;
                    /** @description Only those sent before the one with this id. */
                    before?: number;
                    /** @description How many; 30 when not given, 200 at most, however many more are asked for. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NotificationsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/mark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks one's own notifications as read or unread. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["MarkRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MarkResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pages/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text of a page as it was read, by its hash: what a quote can be checked against. It is plain text whatever it says. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sha256: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The text */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people of the organisation. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ColleaguesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prospects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The prospects that one may see. */
        get: {
            parameters: {
                query?: {
                    /** @description `private`, `team` or `all` (default). */
                    scope?: string;
                    /** @description Keys of stages, joined by commas. */
                    stage?: string;
                    /** @description Id of the owner, `me`, or `none`. */
                    owner?: string;
                    /** @description `overdue`, `today` (or before), `week` (the next seven days or before), `none`. */
                    due?: string;
                    /** @description Only those that nobody touched for longer than their stage allows. */
                    stale?: boolean;
                    /** @description Letters of the company's name, or the first digits of its number. */
                    q?: string;
                    /** @description Of one company. */
                    orgnr?: string;
                    /** @description Removed ones too. */
                    removed?: boolean;
                    /** @description At most 10 000 (default 5 000). */
                    limit?: number;
                    /** @description `next` of the page before: what comes in or goes meanwhile moves no prospect past the reader. */
                    after?: string;
                    /** @description How many to pass over. Whoever turns pages takes `after`. */
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProspectsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Adds companies to the pipeline. Those that are in it already stay as they are and are told of. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["AddRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AddResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prospects/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes many prospects, all of them or none. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BulkRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prospects/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The prospects of the same question as a file, in the same order. */
        get: {
            parameters: {
                query?: {
                    /** @description `private`, `team` or `all` (default). */
                    scope?: string;
                    /** @description Keys of stages, joined by commas. */
                    stage?: string;
                    /** @description Id of the owner, `me`, or `none`. */
                    owner?: string;
                    /** @description `overdue`, `today` (or before), `week` (the next seven days or before), `none`. */
                    due?: string;
                    /** @description Only those that nobody touched for longer than their stage allows. */
                    stale?: boolean;
                    /** @description Letters of the company's name, or the first digits of its number. */
                    q?: string;
                    /** @description Of one company. */
                    orgnr?: string;
                    /** @description Removed ones too. */
                    removed?: boolean;
                    /** @description `csv` (default) or `xlsx`. */
                    format?: string;
                    /** @description `sv` or `en` (default): language of the headings. */
                    language?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description CSV or a workbook */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prospects/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes over a pipeline from a table, or reports what that would do. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineImportDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prospects/stages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stages of the pipeline in order, and the reasons for passing. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StagesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        /** Renames, reorders, adds and retires stages, all at once. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StagesRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StagesDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prospects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One prospect with its way through the pipeline. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProspectDetailDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a prospect. Needs the version that the change was made from, as `If-Match` or `version`; when somebody else was
         *     faster the answer is 412 or 409 with the present state in `current`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ProspectChange"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProspectDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Changed by somebody else meanwhile; `current` is the object as it is now */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description See the problem's detail */
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        trace?: never;
    };
    "/api/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs that one may see, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `enrichment` or `analysis`; both when not given. */
                    kind?: string;
                    /** @description Runs older than this instant: `created_at` of the last one of the page before. */
                    before?: string;
                    /** @description How many at most, 1 to 200; 50 when not given. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets what the calls of a run may cost together. What its old budget stopped goes on with `POST /api/runs/{id}/retry`. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BudgetRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description The run is by rules */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels what has not ended. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description It has ended already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies of a run: each part with its state and reason, and what the analysis says, best score first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those with a part in this state: `queued`, `running`, `completed`, `failed`, `skipped` or `cancelled`. */
                    state?: string;
                    /** @description How many at most, 1 to 500; 100 when not given. */
                    limit?: number;
                    /** @description How many to pass over. */
                    offset?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunCompaniesDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}/companies/{orgnr}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows how a run's analysis of a company came about: the dossier, each call with its prompt, raw answer and cost, and the checked result. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    orgnr: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TraceDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events named `run`, each the run as it is, whenever it has changed; the stream ends with the run. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description text/event-stream */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["RunDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts what was cancelled back into the queue. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description Nothing was cancelled */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/runs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts what failed back into the queue. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description Nothing has failed */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known: companies, years and sources, and how fresh they are. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Coverage"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of the whole installation. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Status"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status/capabilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this installation can do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Capabilities"];
                    };
                };
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How this installation is set up, without secrets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigView"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status/diagnosis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the installation is, and what to do: what `lode doctor` finds, as far as a process of the API can see it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DiagnosisView"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own API tokens. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiTokens"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Makes an API token of one's own. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTokenRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedToken"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes one of one's own tokens back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compares every value of the index with Postgres, now. With many companies that takes longer than a request may: then the
         *     answer is 202 without a body, the comparison goes on, and `/api/status` tells how far it is (`index.comparing_rows`) and
         *     what it found (`index.check`).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Check"];
                    };
                };
                /** @description Comparing goes on; see index.check of /api/status */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What could stand at the caret of the text box. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["CompleteRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompleteResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole result of a screen as a file, by a link. */
        get: {
            parameters: {
                query?: {
                    /** @description The filter language. */
                    text?: string;
                    /** @description Free text. */
                    q?: string;
                    /** @description `field` or `-field` for descending, several joined by commas. */
                    sort?: string;
                    /** @description Fields joined by commas. */
                    columns?: string;
                    /** @description csv, xlsx or parquet. */
                    format?: string;
                    /** @description sv or en. */
                    language?: string;
                    /** @description Whether companies on the exclusion list are wanted too. */
                    include_excluded?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As the answer to POST */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** The whole result of a screen as a file. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ExportRequest"];
                };
            };
            responses: {
                /** @description CSV, a workbook with a provenance sheet, or Parquet; x-total-count holds the number of rows */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every field, operator and code that filters know. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FiltersResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many companies each condition removes, alone and in order, and those that fail one condition by little. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["FunnelRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FunnelResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/parse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The same selection in each form of the language. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["SelectionRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ParseResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One page of a screen with its exact total, and facets and histograms that leave out the conditions on their own field. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["QueryRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QueryResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/scatter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The companies of the selection by two fields; beyond `limit` a sample that is the same each time. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ScatterRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScatterResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The companies most like one company or a list of seeds. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SimilarRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SimilarResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Frozen screens, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows asked for; more than the route gives are taken as what it gives. */
                    limit?: number;
                    /** @description Rows skipped. */
                    offset?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotsResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Freezes a screen: filter, data version, companies and their hash. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["SnapshotRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/snapshots/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A frozen screen with a page of its companies. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows asked for; more than the route gives are taken as what it gives. */
                    limit?: number;
                    /** @description Rows skipped. */
                    offset?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotDetailResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        post?: never;
        /** Removes a frozen screen. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/snapshots/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs a frozen screen again: who entered, who left, and the figures that caused it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SnapshotDifferenceResponse"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/universe/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Least, greatest, mean, median and percentiles of fields in the selection. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["StatsRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatsResponse"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The views that one may see. */
        get: {
            parameters: {
                query?: {
                    /** @description `private`, `team` or `all` (default). */
                    scope?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewsDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        put?: never;
        /** Keeps a view. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ViewRequest"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One view. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        /** Replaces a view. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The version that the change was made from */
                    "If-Match"?: string | null;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ViewRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                /** @description Changed meanwhile; `current` is the view as it is now */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The same, when the version stood in If-Match */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        /** Deletes a view; for 30 days it can be brought back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/{id}/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Watches a view, or changes how one is told of it. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["WatchRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MonitorDto"];
                    };
                };
                400: components["responses"]["BadRequest"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                413: components["responses"]["PayloadTooLarge"];
                414: components["responses"]["UriTooLong"];
                415: components["responses"]["UnsupportedMediaType"];
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a deleted view back. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ViewDto"];
                    };
                };
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["NotFound"];
                414: components["responses"]["UriTooLong"];
                422: components["responses"]["InvalidInput"];
                429: components["responses"]["TooManyRequests"];
                503: components["responses"]["Unavailable"];
                504: components["responses"]["TimedOut"];
                507: components["responses"]["InsufficientStorage"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys of access tokens. There are none: they are signed with a secret that this installation alone knows. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthKeys"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds an authenticator app to one's account. It counts once its first code was right (`verify`). Needs a sign-in, or a proof of the
         *     present second factor, of the last quarter of an hour.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["EnrolRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EnrolAnswer"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/factors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes one of one's own second factors away, and ends other sessions. Needs a proof of the last quarter of an hour. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemovedFactor"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/factors/{id}/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to prove a second factor. A part of the protocol: a code proves itself, and nothing is kept of a challenge. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChallengeAnswer"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/factors/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Proves a second factor: six digits of the app, or one of the recovery codes, each good once. The session goes on with the tokens of the
         *     answer alone. The first code of an app confirms it, ends other sessions and makes one-time links worthless.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ProveRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionAnswer"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether accounts can be used here. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthHealth"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The identity providers of one's own account. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LinkedProvider"][];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes an identity provider away from one's own account, unless it is the only way to sign in. Every other session ends. Needs a sign-in, or a
         *     proof of the second factor, of the last quarter of an hour.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invites a person (administrators only). Nothing is mailed: `action_link` is for the administrator to pass on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InviteRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthUser"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs out. Where the session began by an identity provider whose own session is to end too (`OIDC_<NAME>_SIGN_OUT`), the answer says where
         *     the browser goes.
         */
        post: {
            parameters: {
                query?: {
                    /** @description `global` (default: all), `local` (this one) or `others`. */
                    scope?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedOut"];
                    };
                };
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/providers/{provider}/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a sign-in by an identity provider of the settings. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Its name in the settings */
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderBegun"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/providers/{provider}/begin_link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to add an identity provider to one's own account. Needs a sign-in, or a proof of the second factor, of the last quarter of an hour. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Its name in the settings */
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProviderBegun"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/providers/{provider}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs in with what the provider sent the browser back with, once. Who comes for the first time needs an invitation to an address that the
         *     provider has verified, or one of a domain that may have accounts (`LODE_ACCOUNT_DOMAINS`, `OIDC_<NAME>_ROLE`).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Its name in the settings */
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ProviderReturn"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionAnswer"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/providers/{provider}/finish_link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds the identity provider to one's own account, in the session in which that was begun. Every other session ends. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Its name in the settings */
                    provider: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ProviderReturn"];
                };
            };
            responses: {
                /** @description Done; there is nothing to answer */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It stands in the way of what is there already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/recover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for a new password. The answer is always the same. Where there is a mail server (`SMTP_URL`, `LODE_PUBLIC_URL`), a link is mailed to
         *     whoever has an account by that address, at most every five minutes; else administrators see the request in the audit log and make a link.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RecoverRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthNothing"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/recovery_codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many of one's own recovery codes are left. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryCodesLeft"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes new recovery codes; earlier ones are worth nothing. Needs a proof of the second factor of the last quarter of an hour. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecoveryCodes"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/scraper_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token for the scraper service alone, for a session that is held in a cookie: that service may have an origin of its own. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScraperToken"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in by the session's cookie. Asking as nobody is no error: it is how the web app finds out. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CookieSession"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is switched on here. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthSettings"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses: people are invited. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs in, or renews a session. With `x-lode-session: cookie` (pages of this server alone) the session is held in a cookie, and there are no
         *     tokens. A refresh token is used once; one that is used again later ends its session.
         */
        post: {
            parameters: {
                query?: {
                    /** @description `password` or `refresh_token`. */
                    grant_type?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["GrantRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionAnswer"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthUser"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        /** Changes one's own password and name. A new password ends every other session. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["UserUpdate"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthUser"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in by a one-time link. The session may choose a password without a present one for an hour. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["VerifyRequest"];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionAnswer"];
                    };
                };
                /** @description The request cannot be read: a broken body, form or header */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description No token, or one that is not valid any more */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The caller may not do this, or a page of a foreign origin asked */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthErrorBody"];
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What the path names does not exist, or the caller may not see it */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is larger than this operation takes */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The address is longer than 16 kB */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The body is of another media type than the one described */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description A parameter or a part of the body is wrong; `errors` names the places */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description Too many requests; Retry-After holds the seconds to wait */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The answer took too long and was given up */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
                /** @description The server's disk is full; nothing was changed */
                507: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                        "application/json": components["schemas"]["AuthErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive. Depends on nothing else. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every part that requests need answers, and the process was not told to stop. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ready"];
                    };
                };
                /** @description A part is missing, or the process stops */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ready"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What a provider was seen to be able to do; how `abilities` is described. */
        AbilitiesDto: {
            /** @description The strictest way of asking for structure that it takes: `json_schema`, `json_object` or `plain`. */
            structure: string;
            /** @description Whether it keeps to a schema, rather than only taking it. */
            is_enforced: boolean;
            /** @description Whether answers come in pieces. */
            streams: boolean;
            /** @description Whether it tells how many tokens it took. */
            reports_usage: boolean;
        };
        /** @description An upload that was accepted. */
        Accepted: {
            /**
             * Format: int64
             * @description The job that reads it: GET /api/jobs/{id} tells how far it is and, at the end, which import it became.
             */
            job_id: number;
            /** @description Whether the same upload is already waiting or being read: that one is meant. */
            is_repeated: boolean;
            /**
             * Format: int64
             * @description Bytes taken.
             */
            bytes: number;
        };
        /** @description A one-time link. It is shown once and works once. */
        AccountLink: {
            /**
             * Format: uuid
             * @description Whose.
             */
            user_id: string;
            /** @description `invite` or `recovery`. */
            kind: string;
            /** @description The address behind the web app's origin; its secret stands behind `#` and is sent to no server. Null for one that is mailed. */
            path?: string | null;
            /**
             * Format: date-time
             * @description When it stops working; null for one that is mailed, which is made when it is sent.
             */
            expires_at?: string | null;
        };
        /** @description What was done with the company, newest first. */
        ActivitiesDto: {
            items: components["schemas"]["ActivityDto"][];
            /**
             * Format: int64
             * @description For `before`; null at the end.
             */
            next?: number | null;
        };
        /** @description Something that was done with the company. */
        ActivityDto: {
            /** Format: int64 */
            id: number;
            /** @description `noun.verb`, such as `prospect.moved`, `note.added`, `list.added`. */
            kind: string;
            /**
             * Format: uuid
             * @description Null: the program itself, or an account that is gone.
             */
            actor_id?: string | null;
            actor_name?: string | null;
            /** @description Only the asking person sees it. */
            is_private: boolean;
            /** @description What is needed to tell the story; depends on the kind. */
            detail: Record<string, unknown>;
            /** Format: date-time */
            at: string;
        };
        /** @description Companies to add to the pipeline. */
        AddRequest: {
            /** @description At most 5 000. */
            orgnrs?: string[];
            /** @description One company, instead of `orgnrs`. */
            orgnr?: string | null;
            /** @description Key of the stage; the first open one without. */
            stage?: string | null;
            /**
             * Format: uuid
             * @description Who answers for them; whoever adds them without.
             */
            owner_id?: string | null;
            /** @description `team` (default) or `private`. */
            scope?: string | null;
            /** @description Needed when the stage is a pass. */
            pass_reason?: string | null;
            pass_note?: string | null;
            /** @description Moves companies that are in the pipeline already to the stage too, instead of only telling of them. */
            reopen?: boolean;
        };
        /** @description What became of the companies. */
        AddResponse: {
            /** @description New in the pipeline. */
            added: components["schemas"]["NewProspectDto"][];
            /** @description In it already and left as they are: who looked at them, in which stage, why they were passed on. At most 200 are told. */
            already: components["schemas"]["ProspectDto"][];
            already_count: number;
            /** @description Had been removed and are back; as they were, for taking it back. */
            restored: components["schemas"]["FormerProspectDto"][];
            /** @description Were in it and have been moved; as they were. */
            reopened: components["schemas"]["FormerProspectDto"][];
            /** @description Numbers that Lode does not know. */
            unknown: string[];
        };
        /** @description A postal address. */
        AddressView: {
            /** @description Street or box. */
            street?: string | null;
            /** @description Care of. */
            care_of?: string | null;
            /** @description Five digits. */
            postcode?: string | null;
            /** @description Post town. */
            city?: string | null;
            /** @description Country code. */
            country?: string | null;
        };
        /** @description A person, as administrators see them. */
        AdminUser: {
            /** Format: uuid */
            id: string;
            email: string;
            display_name: string;
            /** @description `viewer`, `analyst`, `partner` or `admin`. */
            role: string;
            /** @description `builtin`: an account kept here; `supabase`: known by their token, which also says their role. */
            origin: string;
            /**
             * Format: date-time
             * @description Since when they are kept out.
             */
            disabled_at?: string | null;
            /** Format: date-time */
            last_seen_at?: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description Whether an invitation waits to be accepted. */
            is_invited: boolean;
            /**
             * Format: date-time
             * @description Until when the invitation works; null when it is over or there is none.
             */
            invitation_expires_at?: string | null;
            /**
             * Format: date-time
             * @description Since when they ask to be erased; null when they do not.
             */
            erasure_asked_at?: string | null;
        };
        /** @description People by name. */
        AdminUsers: {
            items: components["schemas"]["AdminUser"][];
            /** @description Whether accounts are kept here, so that people can be invited. */
            has_accounts: boolean;
            /** @description Whether invitations and links for forgotten passwords can be mailed: there is a mail server, and an address to lead to. */
            mails_links: boolean;
        };
        /** @description What an analysis says of the company. */
        AnalysisDto: {
            /** Format: uuid */
            run_id: string;
            run_name: string;
            /** @description Findings with their evidence, score by dimension, what it rests on. */
            result: Record<string, unknown>;
            /** Format: int32 */
            points?: number | null;
            method: string;
            /** Format: date-time */
            made_at: string;
            verdict?: string | null;
        };
        /** @description What an analysis would be. */
        AnalysisEstimateDto: components["schemas"]["EstimateDto"] & {
            cost?: components["schemas"]["CostDto"] | null;
        };
        /** @description Checked sentences, opinions that say so, and what did not stand, apart. */
        AnalysisReportDto: {
            /** Format: int32 */
            version: number;
            /** @description `sv` or `en`. */
            language: string;
            /** @description Hash of the dossier; left out where rules wrote. */
            dossier_sha256?: string | null;
            /** @description Checked sentences by section; a section without any is left out. */
            sections: components["schemas"]["SectionFactsDto"][];
            levers: components["schemas"]["LeverViewDto"][];
            fit: components["schemas"]["FitViewDto"][];
            /** @description `pursue`, `watch` or `pass`, by the score; null where there is none. */
            recommendation?: string | null;
            /** @description What the model would do: an opinion. */
            model_opinion?: string | null;
            /** @description How a conversation might begin: sentences that state nothing. */
            suggestions: string[];
            open_questions: string[];
            /** @description Sections about which nothing was found. */
            not_found: string[];
            /** @description What was written and did not stand: never to be shown as fact. */
            unverified: components["schemas"]["UnverifiedDto"][];
            counts: components["schemas"]["ReportCountsDto"];
            /** @description What was taken out of the company's pages. */
            flags?: components["schemas"]["FlagDto"][];
            /** @description What people wrote: never checked, to be shown as theirs; left out where nobody did. */
            by_people?: components["schemas"]["PersonSentenceDto"][];
            /** @description What a person would do, where that is not what the score says: it goes before `recommendation`. */
            person_recommendation?: string | null;
            /** @description Which levers a person sees, where those are not the analysis's: they go before `levers`. */
            person_levers?: string[] | null;
        };
        /** @description Which companies, and by which template. */
        AnalysisRequest: {
            /** @description What people call the run; the template's name and the day when not given. */
            name?: string | null;
            /**
             * Format: uuid
             * @description A saved template; the built-in one when no template is named, for a model the shipped `full`.
             */
            template_id?: string | null;
            /** @description A template of this run alone. */
            template?: Record<string, unknown> | null;
            /** @description A shipped template: `triage`, `full` or `outreach`. */
            template_key?: string | null;
            /** @description The model that writes, by its provider's name (`GET /api/models`); rules alone when not given. */
            provider?: string | null;
            /** @description Language in which the model writes: `sv` (when not given) or `en`. */
            language?: string | null;
            /**
             * Format: double
             * @description What the calls of the run may cost together, in the currency of the settings; the settings' own limit when not given.
             */
            budget?: number | null;
            auto_approval?: components["schemas"]["AutoApprovalDto"] | null;
            /**
             * @description Leaves out companies that have an approved analysis already (one that the asking person may see); when not given, they are
             *     analysed again, and the newer one counts once it is approved.
             */
            keep_approved?: boolean | null;
            stages?: components["schemas"]["RunStagesDto"] | null;
            /** @description These companies; or `list_id`, or a screen. */
            orgnrs?: string[] | null;
            /**
             * Format: uuid
             * @description The companies of this list.
             */
            list_id?: string | null;
            /** @description Whether a screen that leaves out no company is meant so. */
            everything?: boolean | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description What a run says of a company. Analyses of older versions have no `report`. */
        AnalysisResultDto: {
            /** Format: int32 */
            rules_version: number;
            /** @description The words of a code are in `GET /api/analysis/rules`. */
            findings: Record<string, unknown>[];
            /** @description The rules' score, which no model and no page can change. */
            score: Record<string, unknown>;
            /** @description Period, filing and reading of the website that the score rests on. */
            basis: Record<string, unknown>;
            report?: components["schemas"]["AnalysisReportDto"] | null;
            model?: components["schemas"]["ResultModelDto"] | null;
        };
        /** @description Analysis runs, newest first. */
        AnalysisRunsDto: {
            success: boolean;
            runs: components["schemas"]["RunDto"][];
        };
        /** @description An API token; the token itself was shown when it was made. */
        ApiTokenDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            user_id: string;
            user_email: string;
            name: string;
            /** @description Its first characters. */
            hint: string;
            /** @description `read`, `write`, `export`, `run`, `import`, `admin`. */
            scopes: string[];
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Null: never.
             */
            expires_at?: string | null;
            is_expired: boolean;
            /**
             * Format: date-time
             * @description To the minute.
             */
            last_used_at?: string | null;
        };
        /** @description API tokens, newest first. */
        ApiTokens: {
            items: components["schemas"]["ApiTokenDto"][];
        };
        /** @description Whether a list is put away. */
        ArchiveRequest: {
            /** @description Put it away, or take it out again. */
            archived: boolean;
        };
        /** @description Something that was found out about a company. */
        ArtifactDto: {
            /** @description Identity, the same at every question. */
            id: string;
            /** @description `website`, `analysis` or `report`. */
            source: string;
            /** @description `llm_analysis`, `ai_report`, `company_profile`, `website_insights` or `about_summary`. */
            artifact_type: string;
            /** @description The page that it was read from; null where it rests on figures. */
            url?: string | null;
            /** @description What was found. */
            content: Record<string, unknown>;
            /**
             * Format: date-time
             * @description When.
             */
            created_at: string;
        };
        /** @description An order of companies. */
        AskOrderDto: {
            /** @description Key of the field. */
            by: string;
            /** @description `asc` or `desc`. */
            dir: string;
        };
        /** @description A phrase and what it became: a condition or an order. */
        AskPhraseDto: {
            /**
             * Format: int32
             * @description Offset in the sentence, in UTF-16 units.
             */
            start: number;
            /**
             * Format: int32
             * @description Length in UTF-16 units.
             */
            length: number;
            /** @description The words themselves. */
            words: string;
            condition?: components["schemas"]["FilterPartDto"] | null;
            sort?: components["schemas"]["AskOrderDto"] | null;
        };
        /** @description Body of `POST /api/ai-filter`. */
        AskRequest: {
            /** @description What is asked, in Swedish or English: at most 2 000 bytes. */
            text: string;
            /** @description `sv` or `en`: the language of `message` in the answer (default `sv`). Both are always understood. */
            language?: string | null;
        };
        /** @description A sentence as a filter. */
        AskResponse: {
            /** @description Text form of the filter; empty for every company. */
            text: string;
            /** @description JSON form of the filter, as every other route takes it. */
            filter: components["schemas"]["FilterTree"];
            /** @description The top-level conditions, one chip each. */
            parts: components["schemas"]["FilterPartDto"][];
            sort?: components["schemas"]["AskOrderDto"] | null;
            /** @description Each phrase that was understood, in the order of the sentence. */
            explanation: components["schemas"]["AskPhraseDto"][];
            /** @description Each run of words that became no condition; nothing is guessed for it. */
            not_understood: components["schemas"]["AskUnreadDto"][];
            /** @description Whether every word was understood, and any condition or order came of it. */
            complete: boolean;
            /** @description Who read the sentence: `rules`. */
            method: string;
        };
        /** @description Words that became no condition. */
        AskUnreadDto: {
            /**
             * Format: int32
             * @description Offset in the sentence, in UTF-16 units.
             */
            start: number;
            /**
             * Format: int32
             * @description Length in UTF-16 units.
             */
            length: number;
            /** @description The words themselves. */
            words: string;
            /** @description `unknown`, `no_field`, `no_value`, `no_unit`, `wrong_unit`, `currency`, `ambiguous`, `no_comparison` or `period`. */
            reason: string;
            /** @description The reason in the language that was asked for. */
            message: string;
            /** @description The reason in both languages. */
            label: components["schemas"]["LabelDto"];
        };
        /** @description The actions that occur in the log. */
        AuditActions: {
            items: string[];
        };
        /** @description Something that somebody did. */
        AuditEvent: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            /**
             * Format: uuid
             * @description Id of the person; null for the program itself and for unknown callers.
             */
            actor?: string | null;
            actor_email?: string | null;
            /** @description Noun and verb, e.g. `list.create`. */
            action: string;
            /** @description `kind:id` of what it was done to. */
            subject?: string | null;
            orgnr?: string | null;
            detail: Record<string, unknown>;
            /** @description Network address of the caller. */
            address?: string | null;
            request_id?: string | null;
            /**
             * Format: int64
             * @description Place in the chain of hashes; null for some seconds, until the event is sealed.
             */
            position?: number | null;
            /** @description SHA-256 in hex. */
            hash?: string | null;
        };
        /** @description One thing that does not fit. */
        AuditFault: {
            /** Format: int64 */
            position: number;
            /**
             * Format: int64
             * @description Number of the event, where there is one.
             */
            id?: number | null;
            what: string;
        };
        /** @description Events, newest first. */
        AuditPage: {
            items: components["schemas"]["AuditEvent"][];
            /**
             * Format: int64
             * @description `before` of the next page; null on the last one.
             */
            next?: number | null;
        };
        /** @description What the check of the chain found. */
        AuditVerification: {
            /** @description Whether nothing was changed, removed or put in. */
            ok: boolean;
            /**
             * Format: int64
             * @description Events that were checked.
             */
            checked: number;
            /**
             * Format: int64
             * @description Position of the last one.
             */
            head_position: number;
            /** @description Its hash: note it outside to notice later that the whole chain was made anew. */
            head_hash: string;
            faults: components["schemas"]["AuditFault"][];
        };
        /** @description The body of an error. */
        AuthErrorBody: {
            /**
             * Format: int32
             * @description HTTP status.
             */
            code: number;
            /** @description E.g. `invalid_credentials`. */
            error_code: string;
            /** @description One sentence. */
            msg: string;
            /** @description Reasons why a password is not taken. */
            weak_password?: unknown;
        };
        /** @description A second factor of a person. */
        AuthFactor: {
            /** Format: uuid */
            id: string;
            friendly_name: string;
            /** @description `totp`. */
            factor_type: string;
            /** @description `verified` once a first code was right, else `unverified`. */
            status: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description Which service answers. */
        AuthHealth: {
            name: string;
            version: string;
            description: string;
        };
        /** @description Public keys: none. */
        AuthKeys: {
            keys: Record<string, unknown>[];
        };
        /** @description Nothing, whoever asks. */
        AuthNothing: Record<string, unknown>;
        /** @description A pair of tokens. */
        AuthSession: {
            /** @description For `Authorization: Bearer`. */
            access_token: string;
            token_type: string;
            /**
             * Format: int64
             * @description Seconds.
             */
            expires_in: number;
            /**
             * Format: int64
             * @description Seconds since 1970.
             */
            expires_at: number;
            /** @description Buys the next pair, once. */
            refresh_token: string;
            user: components["schemas"]["AuthUser"];
        };
        /** @description What is switched on here. */
        AuthSettings: {
            /** @description Ways to sign in: `email`, and the identity providers of the settings. */
            external: unknown;
            disable_signup: boolean;
            mailer_autoconfirm: boolean;
            phone_autoconfirm: boolean;
        };
        /** @description A person as the web app's library knows them. */
        AuthUser: {
            /** Format: uuid */
            id: string;
            aud: string;
            role: string;
            email: string;
            phone: string;
            /** Format: date-time */
            email_confirmed_at: string;
            /** Format: date-time */
            confirmed_at: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description `role` is the role in Lode. */
            app_metadata: unknown;
            /** @description `display_name`. */
            user_metadata: unknown;
            identities: Record<string, unknown>[];
            /** @description Second factors. */
            factors: components["schemas"]["AuthFactor"][];
            is_anonymous: boolean;
            /** @description The invitation's address, where one was just made. */
            action_link?: string | null;
        };
        /** @description Which results of a run need no person to be approved. */
        AutoApprovalDto: {
            /**
             * Format: int32
             * @description The least fit score, 0 to 100; a result without a score is never approved by the rule.
             */
            min_points: number;
            /** @description Only where every sentence that was written stood the check, and there is one. */
            only_verified: boolean;
        };
        /** @description The reports of a batch. */
        BatchDto: {
            /** @description In the order of the request, each company once. */
            items: components["schemas"]["BatchItemDto"][];
            /** @description Reports that were made now. */
            generated: number;
            /** @description Reports that were kept. */
            cached: number;
            /** @description Companies without a report. */
            failed: number;
        };
        /** @description One company of a batch: its report, or why there is none. */
        BatchItemDto: {
            orgnr: string;
            report?: components["schemas"]["CompanyReportDto"] | null;
            /** @description Why it could not be made. */
            error?: string | null;
        };
        /** @description Which companies. */
        BatchRequest: {
            /** @description Up to 1000 organisation numbers, with or without hyphen. */
            orgnrs: string[];
        };
        /** @description Several companies at once. */
        BatchResponse: {
            /** @description In the order they were asked for, each once. */
            companies: components["schemas"]["CompanySummary"][];
            /** @description Number of companies. */
            count: number;
            /** @description Numbers that no company has, as they were written. */
            not_found: string[];
        };
        /** @description A label in both languages. */
        BilingualLabel: {
            /** @description Swedish. */
            sv: string;
            /** @description English. */
            en: string;
        };
        /** @description What a run may cost. */
        BudgetRequest: {
            /**
             * Format: double
             * @description What all calls of the run may cost together, in the currency of the settings.
             */
            budget: number;
        };
        /** @description One change among many. */
        BulkChange: {
            /**
             * Format: uuid
             * @description The prospect.
             */
            id: string;
            /** @description Key of the stage. */
            stage?: string | null;
            /** Format: uuid */
            owner_id?: string | null;
            next_action?: string | null;
            /** Format: date */
            next_action_on?: string | null;
            /** Format: date */
            last_contact_on?: string | null;
            /**
             * Format: int64
             * @description Whole SEK.
             */
            value_sek?: number | null;
            pass_reason?: string | null;
            pass_note?: string | null;
            /** @description `private` or `team`. */
            scope?: string | null;
            /** @description True takes it out of the pipeline, false puts it back. */
            removed?: boolean | null;
            /**
             * Format: int32
             * @description The version that the change was made from; or send `If-Match`.
             */
            version?: number | null;
        };
        /** @description Many changes, all of them or none. */
        BulkRequest: {
            /** @description At most 5 000. */
            changes: components["schemas"]["BulkChange"][];
        };
        /** @description What a bulk change did. */
        BulkResponse: {
            /** @description Prospects that are different now; those that were so already are not counted. */
            changed: number;
            /** @description How they were, for taking it back. */
            before: components["schemas"]["FormerProspectDto"][];
        };
        /** @description One candidate of the completion. */
        CandidateDto: {
            /** @description What to put in place of `from..to`. */
            insert: string;
            /** @description field, operator, value or keyword. */
            kind: string;
            label?: components["schemas"]["LabelDto"] | null;
            detail?: components["schemas"]["LabelDto"] | null;
        };
        /** @description Answer of `/api/status/capabilities`: what this installation can do. */
        Capabilities: {
            /** @description Whether every request needs a token. */
            auth_required: boolean;
            /** @description Where people sign in. */
            sign_in: components["schemas"]["SignIn"];
            /** @description Whether a model can write analyses: one is set up, and answered when it was last asked. False: rules write all of them. */
            ai: boolean;
            /**
             * @description Whether a search provider finds candidates of companies' websites: one is set up, answered when it was last asked, and today's questions
             *     are not used up.
             */
            search: boolean;
            /** @description Whether background work is done now: a worker has given a sign of life lately. */
            jobs: boolean;
            /** @description Whether the store of packages and exports answers now. */
            artifacts: boolean;
            /** @description Figures that can be asked for. */
            scopes: string[];
            /** @description Where browsers reach the scraper service; null when there is none. */
            scraper_url?: string | null;
            /** @description Currencies of amounts on the screen. */
            screen_currency: string;
        };
        /** @description A value in the catalogue's unit: text, number, boolean, codes, or of `revenue_series` the years; null where nothing is known */
        CellDto: (string | number | boolean | null) | string[] | {
            period_end: string;
            revenue: number | null;
        }[];
        /** @description Until when a code is waited for. */
        ChallengeAnswer: {
            /** Format: uuid */
            id: string;
            /** @description `totp`. */
            type: string;
            /**
             * Format: int64
             * @description Seconds since 1970.
             */
            expires_at: number;
        };
        /** @description What changed at a place. */
        ChangeDto: {
            /** @description A part of the report, `recommendation`, `levers`, or `version 3` where that one was put back. */
            place: string;
            /** @description What stood there; null where nothing did. */
            before?: Record<string, unknown> | null;
            /** @description What stands there now; null where nothing does. */
            after?: Record<string, unknown> | null;
        };
        /** @description One comparison of the whole index. */
        Check: {
            /** @description What came out. */
            outcome: components["schemas"]["Outcome"];
            /**
             * Format: date-time
             * @description When it began.
             */
            begun_at: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            at: string;
            /** @description Version of the data of the last range; `None` when nothing was compared. */
            data_version?: string | null;
            /**
             * Format: int64
             * @description Companies compared.
             */
            rows: number;
            /**
             * Format: int64
             * @description Companies left for the next round, because they changed while this one ran.
             */
            changed_meanwhile: number;
            /** @description What differs, one sentence per field; empty when nothing does. */
            differences: string[];
            /** @description Why not everything was compared. */
            problem?: string | null;
        };
        /** @description What a check found. */
        CheckedDto: {
            /** @description `remembered` (nothing to compare with before), `same`, `changed` or `nothing`. */
            outcome: string;
            /**
             * Format: uuid
             * @description The change that was found.
             */
            change_id?: string | null;
        };
        /** @description What a sentence rests on. */
        CitationDto: {
            /** @description Id in the dossier; left out where a rule compared the row itself. */
            id?: string | null;
            field: string;
            /** Format: date */
            period_start?: string | null;
            /** Format: date */
            period_end: string;
            /** @description `company` or `group`. */
            scope: string;
            /** Format: double */
            value: number;
            /** @description `SEK`, `share`, `times`, `days`, `people` or `number`. */
            unit: string;
            /** Format: uuid */
            filing?: string | null;
            /** @enum {string} */
            kind: "figure";
        } | {
            /** @description Id in the dossier; left out where a rule found the words. */
            id?: string | null;
            quote: string;
            url: string;
            sha256: string;
            /** Format: date-time */
            fetched_at: string;
            /** @enum {string} */
            kind: "passage";
        } | {
            field: string;
            value: Record<string, unknown>;
            /** @enum {string} */
            kind: "register";
        };
        /** @description One code of a category. */
        CodeDto: {
            /** @description The code. */
            value: string;
            /** @description In words. */
            label: components["schemas"]["LabelDto"];
        };
        /** @description A code of a register and its name in words, where the code table has it. */
        Coded: {
            /** @description The code. */
            code: string;
            /** @description Its name. */
            name?: string | null;
        };
        /** @description A colleague. */
        ColleagueDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description `viewer`, `analyst`, `partner` or `admin`. */
            role: string;
            /** @description Whether it is the asking person. */
            is_self: boolean;
        };
        /** @description Everyone, by name. */
        ColleaguesDto: {
            items: components["schemas"]["ColleagueDto"][];
        };
        /** @description A value in the catalogue's unit: text, number, boolean, codes, or of `revenue_series` the years as pairs of `period_end` and `revenue`; null where nothing is known */
        ColumnCellDto: (string | number | boolean | null) | string[] | (string | number | null)[][];
        /** @description `orgnr`, `name` and the asked columns by key: one value per row, null where nothing is known */
        ColumnsDto: {
            /** @description Ten digits (nine for Norway) */
            orgnr: string[];
            /** @description Names */
            name: (string | null)[];
        } & {
            [key: string]: components["schemas"]["ColumnCellDto"][];
        };
        /** @description A new list of what lists make together. */
        CombineRequest: {
            /** @description 1 to 200 characters. */
            name: string;
            /** @description `private` (default) or `team`. */
            scope?: string | null;
            /** @description What it is for. */
            description?: string | null;
            /** @description As for counting. */
            expression: components["schemas"]["Expression"];
        };
        /** @description A company in full. */
        Company: {
            /** @description Ten digits (nine for Norway). */
            orgnr: string;
            /** @description With its hyphen. */
            orgnr_formatted: string;
            /** @description Name. */
            name?: string | null;
            /** @description Other registered names. */
            other_names: components["schemas"]["OtherNameView"][];
            legal_form?: components["schemas"]["Coded"] | null;
            /** @description active, dormant, winding, bankrupt, deregistered or unknown. */
            status: string;
            /**
             * Format: date
             * @description Day of registration.
             */
            registered_on?: string | null;
            /**
             * Format: date
             * @description Day of deregistration.
             */
            deregistered_on?: string | null;
            /** @description Open procedures. */
            procedures: components["schemas"]["ProcedureView"][];
            address?: components["schemas"]["AddressView"] | null;
            county?: components["schemas"]["Coded"] | null;
            municipality?: components["schemas"]["Coded"] | null;
            /** @description Industries, main one first. */
            sni: components["schemas"]["Industry"][];
            /** @description The company's own description of what it does. */
            activity_description?: string | null;
            /** @description Homepage, where a source names one. */
            homepage?: string | null;
            /** @description Whether the company asks not to receive advertising. */
            advertising_block?: boolean | null;
            /** @description Every field of the catalogue: key → value in the catalogue's unit, null where not known. */
            facts: Record<string, unknown>;
            /** @description What is known. */
            coverage: components["schemas"]["CompanyCoverage"];
            /** @description Whether the company is fictitious. */
            is_demo: boolean;
            demo_note?: components["schemas"]["BilingualLabel"] | null;
            /** @description Which source last said something, newest first. */
            sources: components["schemas"]["SourceView"][];
            /** @description Which source each field's value comes from. */
            field_sources: {
                [key: string]: string;
            };
        };
        /** @description What is known of a company. */
        CompanyCoverage: {
            /** @description Whether there is a statement. */
            has_financials: boolean;
            /** @description Whether there are group accounts. */
            has_group_accounts: boolean;
            /**
             * Format: int64
             * @description Fiscal years with figures.
             */
            years_count?: number | null;
            /**
             * Format: date
             * @description End of the latest fiscal year.
             */
            period_end?: string | null;
            /** @description ok, partial or suspect. */
            data_quality?: string | null;
        };
        /** @description What a report of a company rests on. */
        CompanyEvidenceDto: {
            /** @description `{text, evidence}`; null where nothing is known. */
            business_model?: Record<string, unknown> | null;
            /** @description `{text, evidence}` each. */
            weaknesses: Record<string, unknown>[];
            /** @description With `evidence` each. */
            uplift_ops: Record<string, unknown>[];
            /** @description `{text, evidence}`; null where nothing is known to begin with. */
            outreach_angle?: Record<string, unknown> | null;
            report?: components["schemas"]["AnalysisReportDto"] | null;
        };
        /** @description A label. */
        CompanyLabelDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description grey, red, orange, yellow, green, teal, blue or purple. */
            color: string;
            /** @description `private` or `team`. */
            scope: string;
            /** @description Whether the asking person made it. */
            is_own: boolean;
            /**
             * Format: int32
             * @description Companies that carry it.
             */
            item_count: number;
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description What a person writes of a label. */
        CompanyLabelRequest: {
            /** @description 1 to 60 characters, unique among the team's labels, or among one's own private ones. */
            name?: string | null;
            /** @description grey (default), red, orange, yellow, green, teal, blue or purple. */
            color?: string | null;
            /** @description `team` (default) or `private`. */
            scope?: string | null;
            /**
             * Format: int32
             * @description Version that the change was made from; a label changed meanwhile is refused with 409.
             */
            version?: number | null;
        };
        /** @description Labels by name. */
        CompanyLabelsDto: {
            items: components["schemas"]["CompanyLabelDto"][];
        };
        /** @description A note. */
        CompanyNoteDto: {
            /** Format: uuid */
            id: string;
            orgnr: string;
            /** @description `private` or `team`. */
            scope: string;
            /** @description `note`, `call`, `email` or `meeting`. */
            kind: string;
            /** @description The text; `@[Name](id)` mentions a person. */
            body: string;
            /** Format: uuid */
            author_id?: string | null;
            author_name?: string | null;
            /** @description Whether the asking person wrote it. */
            is_own: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: int32
             * @description Above 1: it was edited; the former texts are kept.
             */
            version: number;
        };
        /** @description What somebody writes. */
        CompanyNoteRequest: {
            /** @description 1 to 20 000 characters; `@[Name](id)` mentions a person, who is told. */
            body: string;
            /** @description `note` (default), `call`, `email` or `meeting`. */
            kind?: string | null;
            /** @description `team` (default) or `private`; of an existing note it stays. */
            scope?: string | null;
            /**
             * Format: int32
             * @description When changing a note: the version that the change was made from.
             */
            version?: number | null;
        };
        /** @description Notes, newest first. */
        CompanyNotesDto: {
            items: components["schemas"]["CompanyNoteDto"][];
        };
        /** @description A report of a company. */
        CompanyReportDto: {
            /** @description Ten digits (nine for Norway). */
            orgnr: string;
            /** @description How it earns its money; null where nothing is known. */
            business_model?: string | null;
            /** @description What speaks against it, risks first. */
            weaknesses: string[];
            /** @description What could be done. */
            uplift_ops: components["schemas"]["UpliftOpDto"][];
            /** @description What those with an amount per year add up to, in words; null where none has one. */
            impact_range?: string | null;
            /** @description How to begin a talk; null where nothing is known to begin with. */
            outreach_angle?: string | null;
            /** @description Whether it was kept from an earlier question. */
            cached: boolean;
            /**
             * Format: uuid
             * @description Identity of the report.
             */
            report_id: string;
            /** @description `sv` or `en`. */
            language: string;
            /** @description `rules`, or the name of a model. */
            method: string;
            /**
             * Format: date-time
             * @description When it was made.
             */
            generated_at: string;
            /** @description Each of these with the figures and passages that it rests on, and the whole analysis. */
            evidence: components["schemas"]["CompanyEvidenceDto"];
        };
        /** @description A company as lists show it. */
        CompanySummary: {
            /** @description Ten digits (nine for Norway). */
            orgnr: string;
            /** @description Name. */
            name?: string | null;
            /** @description active, dormant, winding, bankrupt, deregistered or unknown. */
            status?: string | null;
            municipality?: components["schemas"]["Coded"] | null;
            sni?: components["schemas"]["Coded"] | null;
            /**
             * Format: int64
             * @description Annualised net revenue, SEK.
             */
            revenue?: number | null;
            /**
             * Format: double
             * @description EBITDA margin; 12 % is 0.12.
             */
            ebitda_margin?: number | null;
            /**
             * Format: int64
             * @description Annualised result after financial items, SEK.
             */
            result_after_financial_items?: number | null;
            /**
             * Format: double
             * @description Employees.
             */
            employees?: number | null;
            /**
             * Format: date
             * @description End of the latest fiscal year.
             */
            period_end?: string | null;
            /** @description Whether the company is fictitious. */
            is_demo: boolean;
        };
        /** @description Body of `POST /api/universe/complete`. */
        CompleteRequest: {
            /** @description What stands in the text box; nothing when left out. */
            text?: string | null;
            /** @description Where the caret is, in UTF-16 units as JavaScript counts; the end when left out. */
            cursor?: number | null;
            /** @description At most so many candidates (20 when left out, 200 at most). */
            limit?: number | null;
        };
        /** @description Answer of `POST /api/universe/complete`. */
        CompleteResponse: {
            /**
             * Format: int32
             * @description First UTF-16 unit that a candidate replaces.
             */
            from: number;
            /**
             * Format: int32
             * @description One past the last UTF-16 unit that a candidate replaces.
             */
            to: number;
            /** @description Best first. */
            candidates: components["schemas"]["CandidateDto"][];
        };
        /** @description One value, a list of them (`in`), or two (`between`) */
        ConditionValue: (string | number | boolean) | (string | number | boolean)[];
        /** @description Answer of `/api/status/config`: every setting, secrets as "set". */
        ConfigView: {
            /** @description Setting → value; null where it is not given. */
            settings: {
                [key: string]: string | null;
            };
            /** @description Where packages are kept. */
            artifact_store: string;
        };
        /** @description The days of a context: `end` alone for an instant. */
        ContextDays: {
            /**
             * Format: date
             * @description First day; null for an instant.
             */
            start?: string | null;
            /**
             * Format: date
             * @description Last day.
             */
            end: string;
        };
        /** @description A session that is held in a cookie. */
        CookieSession: {
            user?: components["schemas"]["AuthUser"] | null;
            /** @description `aal2` when a second factor was proved, else `aal1`. */
            aal: string;
        };
        /** @description What calls would cost, in `currency`. */
        CostDto: {
            /**
             * Format: double
             * @description Likely: by calls that were recorded, or a guess while there are none.
             */
            expected: number;
            /**
             * Format: double
             * @description At most, with one call for each company: so much is set aside before a call.
             */
            most: number;
            /**
             * Format: int64
             * @description Calls: one for each company of which something is known.
             */
            calls: number;
            /**
             * Format: int64
             * @description Tokens of the prompts together; a guess from their length.
             */
            input_tokens: number;
            /**
             * Format: int64
             * @description Tokens of the answers together, at most.
             */
            most_output_tokens: number;
            /**
             * Format: double
             * @description What the run may cost together.
             */
            budget?: number | null;
            /**
             * Format: double
             * @description What is left of the month's limit.
             */
            month_left: number;
            currency: string;
        };
        /** @description How many companies an expression holds. */
        CountDto: {
            count: number;
        };
        /** @description What lists make together. */
        CountRequest: {
            /** @description `{"list": id}`, `{"union": […]}`, `{"intersection": […]}` or `{"difference": [first, without…]}`, nested at will. */
            expression: components["schemas"]["Expression"];
        };
        /** @description What is known. */
        Coverage: {
            /**
             * Format: int64
             * @description Companies.
             */
            companies: number;
            /**
             * Format: int64
             * @description Companies with at least one statement.
             */
            with_financials: number;
            /**
             * Format: int64
             * @description Companies with three years or more.
             */
            with_three_years: number;
            /**
             * Format: int64
             * @description Companies with group accounts.
             */
            with_group_accounts: number;
            /**
             * Format: int64
             * @description Companies whose latest year is older than it should be.
             */
            stale: number;
            /**
             * Format: int64
             * @description Fictitious companies.
             */
            demo_companies: number;
            /** @description Companies per calendar year of the period's end, newest first. */
            by_year: components["schemas"]["YearCoverage"][];
            /** @description Filings per kind and framework. */
            by_source: components["schemas"]["SourceCoverage"][];
            /**
             * Format: date-time
             * @description When the latest import ended.
             */
            latest_import_at?: string | null;
        };
        /** @description A token that was made. It cannot be shown again. */
        CreatedToken: {
            /** Format: uuid */
            id: string;
            /** @description For `Authorization: Bearer`. */
            token: string;
            /** Format: date-time */
            expires_at?: string | null;
        };
        /** @description How fresh the data is. */
        DataStatus: {
            /**
             * Format: int64
             * @description Companies.
             */
            companies: number;
            /**
             * Format: int64
             * @description Companies with at least one statement.
             */
            with_financials: number;
            /**
             * Format: int64
             * @description Fictitious companies.
             */
            demo_companies: number;
            /**
             * Format: date-time
             * @description When the latest import ended.
             */
            latest_import_at?: string | null;
        };
        /** @description The condition of Postgres at this moment. */
        DatabaseConditionView: {
            /**
             * Format: int64
             * @description Connections that are open, of every program.
             */
            connections: number;
            /**
             * Format: int64
             * @description Connections that the server allows.
             */
            connections_limit: number;
            /**
             * Format: int32
             * @description Connections that this process uses.
             */
            pool_busy: number;
            /**
             * Format: int32
             * @description Connections that this process may use.
             */
            pool_limit: number;
            /**
             * Format: int64
             * @description Sessions that wait for a lock.
             */
            waiting_for_locks: number;
            /**
             * Format: int64
             * @description Bytes that the slowest replica is behind; null without replicas.
             */
            replica_lag_bytes?: number | null;
            /** @description Statements that take over a second in the mean, the costliest first; null where `pg_stat_statements` is not loaded. */
            slow_statements?: components["schemas"]["SlowStatementView"][] | null;
            /** @description Tables with many rows that are gone and not cleaned up, the most first. */
            dead_rows: components["schemas"]["DeadRowsView"][];
        };
        /** @description Answer of `/api/db/info`. */
        DatabaseView: {
            /** @description Always `postgres`. */
            database_source: string;
            /** @description Version of the server. */
            server_version: string;
            /** @description Name of the database. */
            name: string;
            /**
             * Format: int64
             * @description Newest migration that was applied.
             */
            migration_level?: number | null;
            /**
             * Format: int64
             * @description Size on disk.
             */
            size_bytes: number;
            /** @description Every table. */
            tables: components["schemas"]["TableView"][];
        };
        /** @description A table that waits for cleaning. */
        DeadRowsView: {
            /** @description Its name. */
            table: string;
            /**
             * Format: int64
             * @description Rows that are gone.
             */
            dead: number;
            /**
             * Format: int64
             * @description Rows that are there.
             */
            live: number;
            /**
             * Format: date-time
             * @description When it was last cleaned; null when never.
             */
            cleaned_at?: string | null;
        };
        /** @description On which set the template was evaluated. */
        DefaultRequest: {
            /** @description Name of the set; the newest version of the template must have a recorded evaluation on it. */
            set: string;
        };
        /** @description A template in a version. */
        DefaultTemplateDto: {
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            version: number;
            name: string;
        };
        /** @description Answer of `/api/status/diagnosis`. */
        DiagnosisView: {
            /**
             * Format: date-time
             * @description When it was looked at.
             */
            checked_at: string;
            /** @description Whether nothing is to be mended now. */
            well: boolean;
            /** @description How many things are to be mended now. */
            failures: number;
            /** @description How many are to be mended in working hours. */
            warnings: number;
            /** @description What was found, the worst first. Each part that was looked at is there. */
            findings: components["schemas"]["FindingView"][];
            database?: components["schemas"]["DatabaseConditionView"] | null;
            /** @description Every queue; null when they are not told. */
            queues?: components["schemas"]["QueueDepthView"][] | null;
            /** @description Workers that live; null when they are not told. */
            workers?: components["schemas"]["LivingWorkerView"][] | null;
            backup?: components["schemas"]["LastBackupView"] | null;
            /** @description Version and commit of the process that answers. */
            program: string;
        };
        /** @description How the copy of a list is called. */
        DuplicateRequest: {
            /** @description 1 to 200 characters. */
            name: string;
            /** @description `private` (default) or `team`. */
            scope?: string | null;
        };
        /** @description One change of a report. Positions count from 0 in the report as the changes before have left it. */
        EditDto: {
            /** @description A section of `GET /api/analysis/vocabulary`, `suggestion` or `open_question`. */
            part: string;
            index: number;
            text: string;
            /** @enum {string} */
            kind: "replace";
        } | {
            /** @description A section of `GET /api/analysis/vocabulary`, `suggestion` or `open_question`. */
            part: string;
            index: number;
            /** @enum {string} */
            kind: "remove";
        } | {
            /** @description A section of `GET /api/analysis/vocabulary`, `suggestion` or `open_question`. */
            part: string;
            text: string;
            /** @enum {string} */
            kind: "add";
        } | {
            index: number;
            text: string;
            /** @enum {string} */
            kind: "rewrite";
        } | {
            index: number;
            /** @enum {string} */
            kind: "drop";
        } | {
            /** @description `pursue`, `watch` or `pass`. */
            recommendation?: string | null;
            /** @enum {string} */
            kind: "recommend";
        } | {
            /** @description Keys of `GET /api/analysis/vocabulary`. */
            levers?: string[] | null;
            /** @enum {string} */
            kind: "levers";
        };
        /** @description Changes of a report. */
        EditRequest: {
            /**
             * Format: int32
             * @description The version that the person has seen.
             */
            version: number;
            /** @description One to 100, made in their order, all or none. */
            edits: components["schemas"]["EditDto"][];
        };
        /** @description Something that was found out. */
        EnrichmentDto: {
            /** @description `about_summary`, `website_insights` or `company_profile`. */
            kind: string;
            /** @description Every passage has `quote`, `url`, `sha256` and `fetched_at`. */
            data: Record<string, unknown>;
            /** @description `rules`, or the name of a model. */
            method: string;
            /** Format: int32 */
            method_version: number;
            /** Format: uuid */
            run_id?: string | null;
            /** Format: date-time */
            made_at: string;
        };
        /** @description Which companies, and what is to be found out of them. */
        EnrichmentRequest: {
            /** @description What people call the run; its kinds and the day when not given. */
            name?: string | null;
            /**
             * @description `homepage`, `about_summary`, `website_insights`, `company_profile`; all of them when not given. `llm_analysis` (or `ai_analysis`)
             *     and `ai_report` start an analysis instead, by the first model that answers, or by rules; they stand alone.
             */
            kinds?: string[] | null;
            /** @description Also what was found out within the last 180 days. */
            force?: boolean | null;
            /** @description These companies; or `list_id`, or a screen. */
            orgnrs?: string[] | null;
            /**
             * Format: uuid
             * @description The companies of this list.
             */
            list_id?: string | null;
            /** @description Whether a screen that leaves out no company is meant so. */
            everything?: boolean | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description An app that waits for its first code. */
        EnrolAnswer: {
            /** Format: uuid */
            id: string;
            /** @description `totp`. */
            type: string;
            friendly_name: string;
            totp: components["schemas"]["TotpSecret"];
        };
        /** @description What to add. */
        EnrolRequest: {
            /**
             * @description `totp`.
             * @default
             */
            factor_type?: string;
            /**
             * @description What its person calls the app, 1 to 100 characters; without one it is called so itself.
             * @default
             */
            friendly_name?: string;
            /**
             * @description What the app calls this installation; `Lode` without it.
             * @default
             */
            issuer?: string;
        };
        /** @description What a run would do. */
        EstimateDto: {
            /**
             * Format: int64
             * @description Companies of the selection that Lode knows.
             */
            companies: number;
            /**
             * Format: int64
             * @description Companies with something to do.
             */
            due: number;
            /**
             * Format: int64
             * @description Companies of which everything asked for is fresh.
             */
            fresh: number;
            /**
             * Format: double
             * @description Expected duration; null while no worker is alive.
             */
            seconds?: number | null;
            /**
             * Format: int64
             * @description Companies that the workers that are alive work on at once.
             */
            at_once: number;
        };
        /** @description How well an analyst did on a golden set. */
        EvaluationDto: {
            /** Format: uuid */
            id: string;
            /** @description Name of the set. */
            set: string;
            /** @description SHA-256 of the set's file. */
            set_sha256: string;
            /**
             * Format: uuid
             * @description Null for the built-in template, and for one from a file.
             */
            template_id?: string | null;
            /** Format: int32 */
            template_version?: number | null;
            template_name: string;
            /** @description `rules`, or provider and model. */
            method: string;
            /**
             * @description `companies, claims, verified, contradicted, not_found, verified_rate, contradicted_rate, unchecked, schema_failures, weighted_kappa, unscored,
             *     latency_ms, cost` and each company in `results`.
             */
            result: Record<string, unknown>;
            /** Format: date-time */
            made_at: string;
        };
        /** @description Evaluations, newest first, and the default template. */
        EvaluationsDto: {
            /** @description At most 200. */
            items: components["schemas"]["EvaluationDto"][];
            default_template?: components["schemas"]["DefaultTemplateDto"] | null;
        };
        /** @description Companies never to be shown again. */
        ExcludeRequest: {
            /** @description At most 100 000. */
            orgnrs: string[];
            /** @description Why: 1 to 500 characters. */
            reason: string;
        };
        /** @description An excluded company. */
        ExclusionDto: {
            orgnr: string;
            name?: string | null;
            reason: string;
            added_by?: string | null;
            /** Format: date-time */
            added_at: string;
        };
        /** @description Why a company is hidden. */
        ExclusionMarkDto: {
            reason: string;
            added_by?: string | null;
            /** Format: date-time */
            added_at: string;
        };
        /** @description Excluded companies, the last added first. */
        ExclusionsDto: {
            items: components["schemas"]["ExclusionDto"][];
            /** Format: int64 */
            total: number;
        };
        /** @description An export. */
        ExportDto: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description `screen`, `list` or `prospects`. */
            what: string;
            /** @description The filter as text (empty: every company), or the name of the list. */
            title: string;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description `csv`, `xlsx` or `parquet`. */
            format: string;
            /** @description Where it stands. */
            status: components["schemas"]["ExportStatus"];
            /** @description Whether it was asked to stop and has not yet. */
            is_cancel_requested: boolean;
            /**
             * Format: int64
             * @description Rows that are written.
             */
            rows_done: number;
            /**
             * Format: int64
             * @description Of how many; null while nobody has counted them.
             */
            rows_total?: number | null;
            /** @description Name of the file, once it is written. */
            file_name?: string | null;
            /**
             * Format: int64
             * @description Its size.
             */
            bytes?: number | null;
            /** @description Version of the data that it is of. */
            data_version?: string | null;
            /** @description Why it failed, or why its last attempt did. */
            error?: string | null;
            /**
             * Format: int64
             * @description The job that writes it.
             */
            job_id: number;
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last begun.
             */
            started_at?: string | null;
            /**
             * Format: date-time
             * @description When the file was written.
             */
            finished_at?: string | null;
            /**
             * Format: date-time
             * @description Until when the file is kept.
             */
            expires_at?: string | null;
            /** @description Where the file is, while there is one. */
            download_url?: string | null;
        };
        /** @description The exports of a person. */
        ExportList: {
            /** @description Newest first, at most 200. */
            items: components["schemas"]["ExportDto"][];
            /** @description Workers that write exports and gave a sign within the last half minute. Without any, what is queued waits. */
            workers: number;
            /** @description Whether somebody has paused the queue of exports. */
            is_paused: boolean;
            /**
             * Format: int32
             * @description Days that a file is kept.
             */
            kept_days: number;
        };
        /** @description Body of `POST /api/universe/export`. */
        ExportRequest: {
            /** @description Order of the rows, as in a query. */
            sort?: (components["schemas"]["SortDto"] | components["schemas"]["SortDto"][]) | null;
            /** @description Fields, in the order of the columns. */
            columns?: string[] | null;
            /** @description `csv` (default), `xlsx`, or `parquet`: the fields under their keys, with types (not for prospects). */
            format?: string | null;
            /** @description Language of the headings: `sv` (default) or `en`. */
            language?: string | null;
            /** @description Headings as keys instead of words. */
            keys?: boolean | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /**
         * @description Where an export stands.
         * @enum {string}
         */
        ExportStatus: "queued" | "running" | "ready" | "expired" | "cancelled" | "failed";
        /** @description What the companies of lists make together. */
        Expression: {
            /**
             * Format: uuid
             * @description The companies of a list.
             */
            list: string;
        } | {
            /** @description Those in at least one part. */
            union: components["schemas"]["Expression"][];
        } | {
            /** @description Those in every part. */
            intersection: components["schemas"]["Expression"][];
        } | {
            /** @description Those in the first part and in none of the others. */
            difference: components["schemas"]["Expression"][];
        };
        /** @description One value of a facet. */
        FacetValueDto: {
            /** @description The code, or true/false, or null for companies without one. */
            value?: string | null;
            label?: components["schemas"]["LabelDto"] | null;
            /**
             * Format: int64
             * @description How many companies.
             */
            count: number;
        };
        /** @description A reason and how many parts failed for it. */
        FailureDto: {
            reason: string;
            /** Format: int64 */
            count: number;
        };
        /** @description One field that can be screened. */
        FieldDto: {
            /** @description Name in filters, columns, sort keys and exports. */
            key: string;
            /** @description Other names that are understood. */
            aliases: string[];
            /** @description What people read. */
            label: components["schemas"]["LabelDto"];
            /** @description amount, ratio, count, integer, category, categories, boolean, date, text; `orgnr`, `set` and `search` for the names beside the catalogue. */
            kind: string;
            /** @description sek, share (12 % is 0.12), times, days, people, number, score, year or none. */
            unit: string;
            /** @description Where it is listed. */
            group: string;
            /** @description Operators that fit. */
            operators: string[];
            /** @description Meaning or formula in words. */
            formula: components["schemas"]["LabelDto"];
            /** @description higher, lower or neutral. */
            better: string;
            /** @description flat, sni or municipality: how codes nest. */
            hierarchy: string;
            /** @description Whether rows can be ordered by it. */
            sortable: boolean;
            /** @description Whether it can be a column. */
            is_column: boolean;
            /** @description Whether its values can be counted as a facet. */
            is_facet: boolean;
            /** @description Whether it has a histogram, statistics and a place in the scatter. */
            is_number: boolean;
            /** @description Every code with its words, where there is a table. */
            values?: components["schemas"]["CodeDto"][] | null;
        };
        /** @description A figure and everything behind it. */
        Figure: {
            /** @description Key of the line. */
            line: string;
            /** @description What people read. */
            label: components["schemas"]["BilingualLabel"];
            /**
             * Format: int64
             * @description The amount in whole units of `currency`; null where not filed.
             */
            value?: number | null;
            /**
             * @description Of a metric of the catalogue: its value in this period, a number (0.12 is 12 %), a code or a boolean; null where it cannot be
             *     formed, and for lines.
             */
            metric: Record<string, unknown> | null;
            /** @description Currency of the amount. */
            currency: string;
            /**
             * Format: date
             * @description First day of the period.
             */
            period_start: string;
            /**
             * Format: date
             * @description Last day of the period.
             */
            period_end: string;
            /** @description `company` or `group`. */
            scope: string;
            /** @description Every filing's version, first the one that is shown, then from the newest; a filing without the line has no value. */
            versions: components["schemas"]["FigureVersionView"][];
            restatement?: components["schemas"]["RestatementView"] | null;
            formula?: components["schemas"]["BilingualLabel"] | null;
            /** @description The lines that a derived line or a metric is formed from. */
            inputs: components["schemas"]["FigureInput"][];
        };
        /** @description One filed figure that a derived line or a metric is formed from. */
        FigureInput: {
            /** @description Key of the line. */
            line: string;
            /** @description What people read. */
            label: components["schemas"]["BilingualLabel"];
            /**
             * Format: date
             * @description Last day of its period: the same one, or an earlier one for growth and averages.
             */
            period_end: string;
            /**
             * Format: int64
             * @description Its amount in that period; null for `employees`.
             */
            value?: number | null;
            /**
             * Format: double
             * @description The average number of employees, for `employees`.
             */
            employees?: number | null;
            /**
             * Format: uuid
             * @description The filing that the amount comes from; null where not filed.
             */
            filing_id?: string | null;
        };
        /** @description One filing's version of the figure. */
        FigureVersionView: {
            /**
             * Format: uuid
             * @description The filing.
             */
            filing_id: string;
            /**
             * Format: date
             * @description When it was registered.
             */
            filed_at?: string | null;
            /**
             * Format: date
             * @description Since when the public could know it.
             */
            known_on: string;
            /** @description What `known_on` is: registered, archive, document, deadline or imported; null where that was not noted. */
            known_by?: string | null;
            /** @description annual_report, esef_report, register_accounts, table or demo. */
            kind: string;
            /** @description Name of the package. */
            file_name?: string | null;
            /** @description Where it can be fetched. */
            download_url?: string | null;
            /** @description Where the figures come from when there is no package. */
            provenance?: string | null;
            /** @description ok, partial or suspect. */
            quality: string;
            /**
             * Format: int64
             * @description The amount that is shown.
             */
            value?: number | null;
            /** @description Whether this is the version that is shown. */
            is_current: boolean;
            /** @description Concept of the taxonomy; null when the line was put together or the source has no tags. */
            concept?: string | null;
            /** @description Id of the context in the document. */
            context?: string | null;
            context_period?: components["schemas"]["ContextDays"] | null;
            /** @description Unit of the tag. */
            unit?: string | null;
            /** @description The text between the tags. */
            as_filed?: string | null;
            /**
             * Format: int32
             * @description Power of ten applied to the text.
             */
            scale?: number | null;
            /**
             * Format: int32
             * @description Stated precision; null = exact.
             */
            decimals?: number | null;
            /** @description `-` when the sign attribute negates the text. */
            sign?: string | null;
            /**
             * Format: double
             * @description The tagged number: text × 10^scale, with the document's sign.
             */
            filed_value?: number | null;
            /**
             * Format: int32
             * @description Position of the document in the package, from 1.
             */
            document?: number | null;
            /** @description Archive entry of the document. */
            entry?: string | null;
            /**
             * @description What else the filing says of the line: tags of the same period that were not used, then those that belong to no
             *     statement.
             */
            others: components["schemas"]["OtherTagView"][];
        };
        /** @description One filing. */
        FilingView: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description annual_report, esef_report, register_accounts, table or demo. */
            kind: string;
            /** @description k2, k3, ifrs, norwegian_gaap or unknown. */
            framework: string;
            /**
             * Format: date
             * @description Date of the taxonomy.
             */
            taxonomy?: string | null;
            /**
             * Format: date
             * @description First day of the newest period in it.
             */
            period_start?: string | null;
            /**
             * Format: date
             * @description Last day of the newest period in it.
             */
            period_end?: string | null;
            /** @description `company`, `group` or both. */
            scopes: string[];
            /** @description `group` when the filing holds group accounts, else `company`. */
            scope: string;
            /**
             * Format: date
             * @description When it was registered, where the source tells.
             */
            filed_at?: string | null;
            /**
             * Format: date
             * @description Since when the public could know it.
             */
            known_on: string;
            /**
             * @description What `known_on` is: `registered` (the register's date), `archive` (last day of the week of the register's archive),
             *     `document` (signed or adopted), `deadline` (the last lawful day) or `imported`; null where that was not noted.
             */
            known_by?: string | null;
            /**
             * Format: date-time
             * @description When it was imported.
             */
            imported_at: string;
            /** @description Program that made the document. */
            software?: string | null;
            /** @description Hash of the package. */
            sha256: string;
            /**
             * Format: int64
             * @description Size of the package.
             */
            size_bytes: number;
            /** @description Name of the package. */
            file_name?: string | null;
            /**
             * Format: int64
             * @description Number of statements in it.
             */
            periods: number;
            /** @description Where the figures come from when there is no package. */
            provenance?: string | null;
            /** @description What the parser went past. */
            warnings: string[];
            /** @description Tagged figures of known lines that are in the filing and were not used, by reason. */
            unused: components["schemas"]["UnusedFiguresView"][];
            /** @description Where the package can be fetched; null when only the figures are kept. */
            download_url?: string | null;
        };
        /** @description A company's filings. */
        FilingsResponse: {
            /** @description Newest period first. */
            filings: components["schemas"]["FilingView"][];
            /** @description Number of filings. */
            count: number;
        };
        /** @description One part of the outermost AND. */
        FilterPartDto: {
            /** @description Text form of the part. */
            text: string;
            /** @description JSON form of the part. */
            filter: components["schemas"]["FilterTree"];
            /** @description Keys of the fields it is about. */
            fields: string[];
        };
        /** @description Which companies: a group of filters, a filter turned round, or one condition */
        FilterTree: {
            all: components["schemas"]["FilterTree"][];
        } | {
            any: components["schemas"]["FilterTree"][];
        } | {
            not: components["schemas"]["FilterTree"];
        } | {
            /** @description Key or alias of a field */
            field: string;
            /** @description Operator: =, !=, <, <=, >, >=, between, in, not_in, contains, starts_with, ~, is_null, not_null, in_list */
            op: string;
            value?: components["schemas"]["ConditionValue"];
            /**
             * @description Of `between`: which ends are in
             * @enum {string}
             */
            bounds?: "[]" | "[)" | "(]" | "()";
        };
        /** @description Answer of `GET /api/universe/filters`. */
        FiltersResponse: {
            /** @description Every field, in the order to list them. */
            fields: components["schemas"]["FieldDto"][];
            /** @description Every operator. */
            ops: components["schemas"]["OperatorDto"][];
            /** @description The groups of fields, in order. */
            groups: components["schemas"]["GroupDto"][];
        };
        /** @description One fiscal period of one scope. Amounts are whole units of `currency`, null where not filed; costs are negative. */
        FinancialPeriod: ({
            /**
             * Format: int64
             * @description Net revenue
             */
            revenue: number | null;
            /**
             * Format: int64
             * @description Change in inventories
             */
            inventory_change: number | null;
            /**
             * Format: int64
             * @description Capitalised own work
             */
            own_work_capitalised: number | null;
            /**
             * Format: int64
             * @description Other operating income
             */
            other_operating_income: number | null;
            /**
             * Format: int64
             * @description Total operating income
             */
            operating_income: number | null;
            /**
             * Format: int64
             * @description Raw materials and consumables
             */
            raw_materials: number | null;
            /**
             * Format: int64
             * @description Goods for resale
             */
            goods_for_resale: number | null;
            /**
             * Format: int64
             * @description Cost of goods sold
             */
            cost_of_goods_sold: number | null;
            /**
             * Format: int64
             * @description Gross profit
             */
            gross_profit: number | null;
            /**
             * Format: int64
             * @description Other external costs
             */
            other_external_costs: number | null;
            /**
             * Format: int64
             * @description Personnel costs
             */
            personnel_costs: number | null;
            /**
             * Format: int64
             * @description Selling costs
             */
            selling_costs: number | null;
            /**
             * Format: int64
             * @description Administrative costs
             */
            administrative_costs: number | null;
            /**
             * Format: int64
             * @description Research and development
             */
            research_costs: number | null;
            /**
             * Format: int64
             * @description Depreciation and amortisation
             */
            depreciation: number | null;
            /**
             * Format: int64
             * @description Write-downs of current assets
             */
            current_asset_write_downs: number | null;
            /**
             * Format: int64
             * @description Other operating costs
             */
            other_operating_costs: number | null;
            /**
             * Format: int64
             * @description Total operating costs
             */
            operating_costs: number | null;
            /**
             * Format: int64
             * @description Operating result (EBIT)
             */
            ebit: number | null;
            /**
             * Format: int64
             * @description Financial income
             */
            financial_income: number | null;
            /**
             * Format: int64
             * @description Financial costs
             */
            financial_costs: number | null;
            /**
             * Format: int64
             * @description Net financial items
             */
            net_financial_items: number | null;
            /**
             * Format: int64
             * @description Result after financial items
             */
            result_after_financial_items: number | null;
            /**
             * Format: int64
             * @description Appropriations
             */
            appropriations: number | null;
            /**
             * Format: int64
             * @description Result before tax
             */
            result_before_tax: number | null;
            /**
             * Format: int64
             * @description Tax on the result
             */
            tax: number | null;
            /**
             * Format: int64
             * @description Net result
             */
            net_income: number | null;
            /**
             * Format: int64
             * @description Subscribed capital unpaid
             */
            unpaid_share_capital: number | null;
            /**
             * Format: int64
             * @description Intangible assets
             */
            intangible_assets: number | null;
            /**
             * Format: int64
             * @description Tangible assets
             */
            tangible_assets: number | null;
            /**
             * Format: int64
             * @description Financial assets
             */
            financial_assets: number | null;
            /**
             * Format: int64
             * @description Fixed assets
             */
            fixed_assets: number | null;
            /**
             * Format: int64
             * @description Inventory
             */
            inventory: number | null;
            /**
             * Format: int64
             * @description Trade receivables
             */
            trade_receivables: number | null;
            /**
             * Format: int64
             * @description Current receivables
             */
            current_receivables: number | null;
            /**
             * Format: int64
             * @description Short-term investments
             */
            short_term_investments: number | null;
            /**
             * Format: int64
             * @description Cash and bank
             */
            cash: number | null;
            /**
             * Format: int64
             * @description Current assets
             */
            current_assets: number | null;
            /**
             * Format: int64
             * @description Total assets
             */
            total_assets: number | null;
            /**
             * Format: int64
             * @description Share capital
             */
            share_capital: number | null;
            /**
             * Format: int64
             * @description Restricted equity
             */
            restricted_equity: number | null;
            /**
             * Format: int64
             * @description Retained earnings
             */
            retained_earnings: number | null;
            /**
             * Format: int64
             * @description Unrestricted equity
             */
            unrestricted_equity: number | null;
            /**
             * Format: int64
             * @description Minority interest
             */
            minority_interest: number | null;
            /**
             * Format: int64
             * @description Equity
             */
            equity: number | null;
            /**
             * Format: int64
             * @description Untaxed reserves
             */
            untaxed_reserves: number | null;
            /**
             * Format: int64
             * @description Provisions
             */
            provisions: number | null;
            /**
             * Format: int64
             * @description Bond loans
             */
            bond_loans: number | null;
            /**
             * Format: int64
             * @description Bank loans, long-term
             */
            long_term_bank_loans: number | null;
            /**
             * Format: int64
             * @description Bank overdraft
             */
            overdraft: number | null;
            /**
             * Format: int64
             * @description Long-term liabilities
             */
            long_term_liabilities: number | null;
            /**
             * Format: int64
             * @description Bank loans, short-term
             */
            short_term_bank_loans: number | null;
            /**
             * Format: int64
             * @description Trade payables
             */
            trade_payables: number | null;
            /**
             * Format: int64
             * @description Current liabilities
             */
            current_liabilities: number | null;
            /**
             * Format: int64
             * @description Total liabilities
             */
            total_liabilities: number | null;
            /**
             * Format: int64
             * @description Total equity and liabilities
             */
            equity_and_liabilities: number | null;
            /**
             * Format: int64
             * @description Cash flow from operations
             */
            operating_cash_flow: number | null;
            /**
             * Format: int64
             * @description Capital expenditure
             */
            capital_expenditure: number | null;
            /**
             * Format: int64
             * @description Net cash flow
             */
            net_cash_flow: number | null;
            /**
             * Format: int64
             * @description Proposed dividend
             */
            proposed_dividend: number | null;
        } & Record<string, unknown>) & {
            /**
             * Format: date
             * @description First day.
             */
            period_start: string;
            /**
             * Format: date
             * @description Last day.
             */
            period_end: string;
            /**
             * Format: int32
             * @description Length in months.
             */
            months: number;
            /** @description `company` or `group`. */
            scope: string;
            /** @description Currency of the amounts. */
            currency: string;
            /**
             * Format: int32
             * @description Rounding of the filing: 0 for whole units, 3 for thousands, 6 for millions.
             */
            rounding: number;
            /** @description k2, k3, ifrs, norwegian_gaap or unknown. */
            framework: string;
            /** @description ok, partial or suspect. */
            quality: string;
            /**
             * @description Why the period is suspect: accounting identities that it breaks, `scale` (read in the wrong unit, as other years, employees or
             *     share capital show), `signs` (costs that are income).
             */
            broken_identities: string[];
            /**
             * Format: double
             * @description Average number of employees.
             */
            employees?: number | null;
            /**
             * Format: int64
             * @description Operating result before depreciation; null where depreciation is not filed.
             */
            ebitda?: number | null;
            /**
             * Format: int64
             * @description Equity plus the owners' part of untaxed reserves.
             */
            adjusted_equity?: number | null;
            /**
             * Format: uuid
             * @description The filing the figures come from.
             */
            filing_id: string;
            /**
             * Format: date
             * @description When that filing was registered.
             */
            filed_at?: string | null;
            /**
             * Format: date
             * @description Since when the public could know that filing.
             */
            known_on: string;
            /** @description What `known_on` is: registered, archive, document, deadline or imported; null where that was not noted. */
            known_by?: string | null;
            /**
             * Format: date
             * @description Day of import of that filing.
             */
            imported_on: string;
            /** @description The filing of each figure that comes from another one than `filing_id`, by key of its line (and `employees`). */
            other_filings: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description How many filings give this period.
             */
            versions: number;
            /** @description Whether an earlier filing gave other figures for this period, beyond the rounding of both. */
            is_restated: boolean;
            /** @description The figures that were restated. */
            restatements: components["schemas"]["RestatementView"][];
            /**
             * Format: uuid
             * @description The filing whose figures replace these; null for the current truth.
             */
            superseded_by?: string | null;
            /**
             * @description Metrics of the period by key of the catalogue: numbers, codes or booleans, null where they cannot be formed. A
             *     suspect period has none.
             */
            metrics: Record<string, unknown>;
        };
        /** @description A company's statements. */
        FinancialsResponse: {
            /** @description Newest period first. */
            financials: components["schemas"]["FinancialPeriod"][];
            /** @description Number of periods. */
            count: number;
            /** @description The lines of a statement, in the order of a printed report. */
            lines: components["schemas"]["LineView"][];
        };
        /** @description One part, what was found of it, and what to do. */
        FindingView: {
            /** @description The part, as `lode doctor` names it. */
            part: string;
            /** @description Its name for people. */
            title: components["schemas"]["WordsView"];
            /** @description `ok`, `unknown`, `warning` or `failure`. */
            level: string;
            /** @description What was found. */
            found: components["schemas"]["WordsView"];
            remedy?: components["schemas"]["WordsView"] | null;
        };
        /** @description What is known of a company beyond registers and filings. */
        FindingsDto: {
            homepage?: components["schemas"]["HomepageDto"] | null;
            pages: components["schemas"]["PageDto"][];
            enrichments: components["schemas"]["EnrichmentDto"][];
            /** @description Newest first. */
            analyses: components["schemas"]["AnalysisDto"][];
        };
        /** @description How well the company fits a dimension: an opinion with checked reasons. */
        FitViewDto: {
            dimension: string;
            /**
             * Format: int32
             * @description 0 (not at all) to 4 (fully).
             */
            level: number;
            reasons: components["schemas"]["StatementDto"][];
        };
        /** @description Something that was taken out of a page. */
        FlagDto: {
            /** @description `hidden`, `look_alike` or `instruction`. */
            kind: string;
            url: string;
            text: string;
        };
        /** @description One condition of the flat form. `value` is in the catalogue's unit whatever `type` says. */
        FlatConditionDto: {
            /**
             * @description Key or alias of a field.
             * @example revenue_latest
             */
            field: string;
            /**
             * @description Operator, e.g. `>=`, `between`, `in`, `contains`, `is_null`.
             * @example >=
             */
            op: string;
            value?: components["schemas"]["ConditionValue"] | null;
            /** @description A hint for forms: number, integer, currency, percent, string, text, boolean, date, enum, list. Unknown names are refused. */
            type?: string | null;
        };
        /** @description How a prospect was before a change, with the version it has now: sent back as a bulk change it takes the change back. */
        FormerProspectDto: {
            /** Format: uuid */
            id: string;
            orgnr: string;
            stage: string;
            /** Format: uuid */
            owner_id?: string | null;
            next_action?: string | null;
            /** Format: date */
            next_action_on?: string | null;
            /** Format: date */
            last_contact_on?: string | null;
            /** Format: int64 */
            value_sek?: number | null;
            pass_reason?: string | null;
            pass_note?: string | null;
            scope: string;
            removed: boolean;
            /**
             * Format: int32
             * @description The version after the change.
             */
            version: number;
        };
        /** @description Body of `POST /api/lists/from_query`: the selection of a screen, as in `POST /api/universe/query`, and the list's name. */
        FromQueryRequest: {
            /** @description 1 to 200 characters. */
            name: string;
            /** @description Whose list: `private` (default) or `team`; also understood under `scope`, which in a screen says whose figures. */
            list_scope?: string | null;
            /** @description What it is for. */
            description?: string | null;
            /** @description `static` (default): the companies that match now. `dynamic`: whatever matches when it is opened. */
            kind?: string | null;
            /**
             * Format: uuid
             * @description The view it was made from.
             */
            source_view_id?: string | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description Body of `POST /api/universe/funnel`. */
        FunnelRequest: {
            /** @description At most so many near misses per condition (10 when left out, 200 at most). */
            near_misses?: number | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description Answer of `POST /api/universe/funnel`. */
        FunnelResponse: {
            /**
             * Format: int64
             * @description Every company.
             */
            universe: number;
            /**
             * Format: int64
             * @description Companies in the selection.
             */
            total: number;
            /** @description One per part of the outermost AND, in its order. */
            steps: components["schemas"]["FunnelStepDto"][];
            /** @description Version of the data that answered. */
            data_version: string;
        };
        /** @description What one condition does. */
        FunnelStepDto: components["schemas"]["FilterPartDto"] & {
            /**
             * Format: int64
             * @description Companies that meet it alone.
             */
            alone: number;
            /**
             * Format: int64
             * @description Companies left after it and all before it.
             */
            remaining: number;
            /**
             * Format: int64
             * @description Companies that it removed from those left before it.
             */
            removed: number;
            /**
             * Format: int64
             * @description Companies in the selection if only this condition were dropped: `total` and the misses.
             */
            without: number;
            /** @description Those that fail only this condition, nearest first. */
            near_misses: components["schemas"]["NearMissDto"][];
        };
        /** @description Which reports are wanted. */
        GenerateBatchRequest: {
            /** @description The companies, at most 100. */
            orgnrs: string[];
            /** @description Makes new reports even where kept ones are good (default false). */
            force_regenerate?: boolean | null;
            /** @description The same, as other programs write it. */
            force_regen?: boolean | null;
            /** @description `sv` (default) or `en`. */
            language?: string | null;
        };
        /** @description Which report is wanted. */
        GenerateRequest: {
            /** @description The company. */
            orgnr: string;
            /** @description Makes a new report even where a kept one is good (default false). */
            force_regenerate?: boolean | null;
            /** @description The same, as other programs write it. */
            force_regen?: boolean | null;
            /** @description `sv` (default) or `en`. */
            language?: string | null;
        };
        /** @description What proves it: address and password, or a refresh token. */
        GrantRequest: {
            /**
             * @description With `grant_type=password`.
             * @default
             */
            email?: string;
            /**
             * @description With `grant_type=password`.
             * @default
             */
            password?: string;
            /**
             * @description With `grant_type=refresh_token`.
             * @default
             */
            refresh_token?: string;
        };
        /** @description One group of fields. */
        GroupDto: {
            /** @description Key, as in `FieldDto::group`. */
            key: string;
            /** @description What people read. */
            label: components["schemas"]["LabelDto"];
        };
        /** @description Answer of `/health`. */
        Health: {
            /** @description Always `ok`. */
            status: string;
            /** @description Version of the program. */
            version: string;
            /** @description Commit that it was built from; null in a development build. */
            commit?: string | null;
        };
        /** @description One distribution. Bin i holds `edges[i] <= value < edges[i + 1]`, the last one its upper edge too. */
        HistogramDto: {
            /** @description Ascending, one more than the bins; dates as days since 1970-01-01. Empty when no company has a value. */
            edges: number[];
            /** @description Companies per bin. */
            counts: number[];
            /**
             * Format: int64
             * @description Companies below the first edge (own edges only).
             */
            below: number;
            /**
             * Format: int64
             * @description Companies above the last edge (own edges only).
             */
            above: number;
            /**
             * Format: int64
             * @description Companies without a value.
             */
            nulls: number;
            /**
             * Format: double
             * @description Least value; null in selections of more than 50 000, where `/api/universe/stats` tells it.
             */
            min?: number | null;
            /**
             * Format: double
             * @description Greatest value; null as `min`.
             */
            max?: number | null;
            /** @description `linear`, `log`, `quantile` or `own`. */
            scale: string;
        };
        /** @description A histogram that is asked for; it leaves out the conditions on its own field. */
        HistogramRequest: {
            /** @description A field with numbers or dates. */
            field: string;
            /** @description Number of bins, 1–200; 24 when left out. */
            bins?: number | null;
            /** @description `linear` (default), `log` (signed: decades on both sides of zero) or `quantile`. */
            scale?: string | null;
            /** @description Own edges in ascending order, instead of `bins` and `scale`. */
            edges?: number[] | null;
        };
        /** @description What a day begins with. */
        HomeDto: {
            /** @description Next actions that are due within seven days or overdue: one's own and nobody's, soonest first. */
            due: components["schemas"]["ProspectDto"][];
            /** Format: int64 */
            due_count: number;
            /** @description One's own prospects that nobody touched for longer than their stage allows. */
            stale: components["schemas"]["ProspectDto"][];
            /** Format: int64 */
            stale_count: number;
            /** @description What entered and left the screens that one watches, newest first, a few companies each. */
            changes: components["schemas"]["ScreenDifferenceDto"][];
            /** @description How many screens one watches. */
            watched_count: number;
            /** @description Filings of the last thirty days of companies in the pipeline or on lists, newest first. */
            filings: components["schemas"]["RecentFilingDto"][];
            /**
             * Format: int64
             * @description Prospects that one can see, those that are being worked.
             */
            open_prospects: number;
        };
        /** @description An address that may be the company's website, and what came of it. */
        HomepageCandidateDto: {
            url: string;
            /** @description `known` (proved before), `register`, `name`, `search` or `scraper`. */
            source: string;
            /**
             * @description What proves it (`orgnr`, `address`, `register`), or why it is not used: `not_an_address`, `anothers_number`, `no_proof`,
             *     `no_answer`, or what the crawler met, e.g. `not_resolved`, `timed_out`, `status`, `robots`.
             */
            outcome: string;
            /** @description The same in more words, in English; for `anothers_number` that number. */
            detail?: string | null;
        };
        /** @description Where a company's website is, and what proves it. */
        HomepageDto: {
            /** @description `verified`, `unverified` (shown, never used) or `none`. */
            status: string;
            url?: string | null;
            /** @description `orgnr`, `address` or `register`. */
            proof?: string | null;
            proof_quote?: string | null;
            proof_url?: string | null;
            /** @description What was tried, the likeliest first. */
            candidates: components["schemas"]["HomepageCandidateDto"][];
            /** Format: date-time */
            checked_at: string;
        };
        /** @description One run with the first page of its rejections. */
        ImportDetail: components["schemas"]["ImportRunDto"] & {
            /** @description The first 100, in the order of the input. */
            rejections: components["schemas"]["RejectionDto"][];
            /**
             * Format: int64
             * @description How many there are in all.
             */
            rejections_total: number;
        };
        /** @description One input file. */
        ImportFileDto: {
            /**
             * @description Name without its folder.
             * @default
             */
            name?: string;
            /**
             * Format: int64
             * @description Size.
             * @default 0
             */
            bytes?: number;
        };
        /** @description A file and what a person decides about it. */
        ImportForm: {
            /**
             * Format: binary
             * @description The table: delimited text or an Excel workbook (.xlsx, its first visible sheet that holds anything), at most 5 000 rows and 2 MB.
             */
            file: string;
            /** @description An `ImportDecisions` as JSON. */
            decisions?: string | null;
        };
        /** @description A page of runs. */
        ImportList: {
            /** @description Newest first. */
            items: components["schemas"]["ImportRunDto"][];
            /**
             * Format: int64
             * @description How many there are in all.
             */
            total: number;
        };
        /** @description A kept mapping. */
        ImportMappingDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description `accounts` or `companies`. */
            kind: string;
            mapping: string;
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description What a person writes of a mapping. */
        ImportMappingRequest: {
            /** @description 1 to 80 characters, unique among the mappings of its kind. */
            name?: string | null;
            /** @description `accounts` or `companies`; stays as it is when a mapping is replaced. */
            kind?: string | null;
            /** @description Its text: `field = Heading [unit]` on each line, and options. */
            mapping?: string | null;
            /**
             * Format: int32
             * @description Version that the change was made from; a mapping changed meanwhile is refused with 409.
             */
            version?: number | null;
        };
        /** @description Mappings by name. */
        ImportMappingsDto: {
            items: components["schemas"]["ImportMappingDto"][];
        };
        /** @description A table as it will be read. */
        ImportPreview: {
            /** @description The sheet of a workbook. */
            sheet?: string | null;
            /** @description The delimiter of a text: `;`, `,`, `|` or `tab`. */
            delimiter?: string | null;
            /** @description The encoding of a text, once it has letters beyond ASCII: `utf-8` or `windows-1252`. */
            encoding?: string | null;
            /**
             * Format: int64
             * @description Line (or row of the sheet) of the headings.
             */
            header_line: number;
            /** @description The mark before decimals where the table or the mapping settles it. */
            decimal?: string | null;
            /** @description `positive` when costs are positive numbers and are turned, `negative` when they are kept. */
            costs: string;
            /** @description Every column in its order. */
            columns: components["schemas"]["PreviewColumn"][];
            /** @description What is told of the table as a whole, one sentence each. */
            told: string[];
            /** @description Why it cannot be read as it is; empty when it can. */
            problems: components["schemas"]["PreviewProblem"][];
            /** @description The first rows as they will be read. */
            rows: components["schemas"]["PreviewRowDto"][];
            /**
             * Format: int64
             * @description Rows that were looked at.
             */
            looked_at: number;
            /**
             * Format: int64
             * @description Rows among them that will be refused.
             */
            refused: number;
            /** @description The mapping that reads the table so, to be corrected and kept. */
            mapping: string;
            /** @description What a column can be read as. */
            fields: components["schemas"]["PreviewField"][];
        };
        /** @description A row that was not taken. */
        ImportRejectionDto: {
            /**
             * Format: int64
             * @description Line of the file, from 1.
             */
            line: number;
            field?: string | null;
            reason: string;
            remedy?: string | null;
            /** @description Numbers of companies that could be meant. */
            candidates: string[];
        };
        /** @description Counts of an import. Every item read is exactly one of new, changed, unchanged, rejected or excluded. */
        ImportReport: {
            /**
             * Format: int64
             * @description Rows or packages read.
             * @default 0
             */
            read?: number;
            /**
             * Format: int64
             * @description Companies or filings that were not there.
             * @default 0
             */
            new?: number;
            /**
             * Format: int64
             * @description Companies that say something else now, or filings for a year that was there already.
             * @default 0
             */
            changed?: number;
            /**
             * Format: int64
             * @description Everything was there already.
             * @default 0
             */
            unchanged?: number;
            /**
             * Format: int64
             * @description Refused; each with its reason under `rejections`.
             * @default 0
             */
            rejected?: number;
            /**
             * Format: int64
             * @description Sole traders, left out because their number is a personal identity number.
             * @default 0
             */
            excluded_sole_traders?: number;
            /**
             * Format: int64
             * @description Tagged figures of known lines that filings hold and that were not used; each filing says which and why.
             * @default 0
             */
            figures_not_used?: number;
            /**
             * Format: int64
             * @description Fiscal periods that were added.
             * @default 0
             */
            periods?: number;
            /**
             * Format: int64
             * @description Companies whose facts changed.
             * @default 0
             */
            facts_changed?: number;
            /**
             * Format: int64
             * @description How many warnings there were.
             * @default 0
             */
            warnings?: number;
            /**
             * @description The first of them.
             * @default []
             */
            first_warnings?: components["schemas"]["Warning"][];
            /**
             * Format: int64
             * @description Files that were read to their end.
             * @default 0
             */
            files_done?: number;
            /**
             * Format: int64
             * @description Bytes of the input files that were read.
             * @default 0
             */
            bytes_read?: number;
            /**
             * Format: int64
             * @description How many times the import was taken up again after an interruption.
             * @default 0
             */
            resumed?: number;
            /**
             * Format: double
             * @description Seconds it took, interruptions not counted.
             * @default 0
             */
            seconds?: number;
        };
        /** @description One run. */
        ImportRunDto: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description `filings`, `register`, `scb`, `accounts` or `companies`. */
            kind: string;
            /** @description `running`, `completed`, `cancelled`, `failed`, or `interrupted`: killed, the same command goes on from there. */
            status: string;
            /** @description Whether nothing was written. */
            is_dry_run: boolean;
            /** @description The files. */
            files: components["schemas"]["ImportFileDto"][];
            /** @description What it did so far. */
            report: components["schemas"]["ImportReport"];
            /** @description Why it failed. */
            error?: string | null;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at: string;
            /**
             * Format: date-time
             * @description When its last batch was committed.
             */
            updated_at: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            finished_at?: string | null;
        };
        /** @description What `/api/status` and metrics say about the index. */
        IndexStatus: {
            /** @description Whether it answers requests. */
            ready: boolean;
            /** @description What it is doing. */
            state: string;
            /**
             * Format: int64
             * @description Companies in it.
             */
            rows: number;
            /** @description Version of the data. */
            data_version?: string | null;
            /**
             * Format: double
             * @description Seconds since it last knew every decided change.
             */
            lag_seconds?: number | null;
            /**
             * Format: int64
             * @description Bytes of its columns.
             */
            bytes: number;
            /** @description How it was loaded. */
            loaded?: string | null;
            /** @description What was wrong with the file at the start. */
            file_problem?: string | null;
            /**
             * Format: date-time
             * @description When the newest applied change was noted.
             */
            newest_change?: string | null;
            check?: components["schemas"]["Check"] | null;
            /** @description Why the index counts as not compared; null while the last comparison is whole and not older than an hour. */
            not_compared?: string | null;
            /**
             * Format: int64
             * @description Companies compared so far by a comparison that was asked for and is running.
             */
            comparing_rows?: number | null;
            /**
             * Format: date-time
             * @description When it was last loaded anew because a comparison found a difference.
             */
            rebuilt_at?: string | null;
        };
        /** @description One industry. */
        Industry: {
            /** @description Five digits. */
            code: string;
            /** @description `sni2007` or `sni2025`. */
            edition: string;
            /** @description Its name, where the table has it. */
            label?: string | null;
            /** @description 1 for the main one. */
            rank: number;
        };
        /** @description One wrong place of the input. */
        InputError: {
            /** @description JSON pointer into the body (`/filters/0/op`), or the name of a path or query parameter. */
            pointer: string;
            /** @description What is wrong and what is expected. */
            message: string;
            /** @description Inside a text: the first wrong UTF-16 unit, as JavaScript counts. */
            offset?: number | null;
            /** @description Inside a text: how many UTF-16 units are wrong; 0 at its end. */
            length?: number | null;
            /** @description What could stand there instead, best first. */
            suggestions?: string[];
        };
        /** @description What is known of a company beyond registers and filings. */
        IntelDto: {
            /** @description Ten digits (nine for Norway). */
            orgnr: string;
            /** @description Identity of the company: its number. */
            company_id: string;
            /** @description Host of its verified website. */
            domain?: string | null;
            /** @description Its main industry in words. */
            industry?: string | null;
            /** @description What its website is made with. */
            tech_stack: string[];
            /**
             * Format: int32
             * @description 0 to 100; null while its website was not read.
             */
            digital_maturity_score?: number | null;
            /** @description Newest first. */
            artifacts: components["schemas"]["ArtifactDto"][];
        };
        /** @description What an administrator says of a new person. */
        InviteData: {
            /**
             * @description The name that colleagues see.
             * @default null
             */
            display_name?: string | null;
            /**
             * @description `viewer` (default), `analyst`, `partner` or `admin`.
             * @default null
             */
            role?: string | null;
        };
        /** @description Whom to invite. */
        InviteRequest: {
            email: string;
            /** @description More about the person. */
            data?: components["schemas"]["InviteData"];
        };
        /** @description What a list says of a company in it. */
        ItemDto: {
            note?: string | null;
            added_by?: string | null;
            /** Format: date-time */
            added_at: string;
        };
        /** @description What adding or removing did. */
        ItemsChanged: {
            /**
             * Format: int64
             * @description Companies that were added, or removed.
             */
            changed: number;
            /**
             * Format: int64
             * @description Given companies that Lode does not know; none when removing.
             */
            unknown: number;
            /**
             * Format: int64
             * @description Companies in it now.
             */
            item_count: number;
            /**
             * Format: uuid
             * @description Takes it back: `POST /api/changes/{change_id}/undo`. Null when nothing changed.
             */
            change_id?: string | null;
        };
        /** @description Companies to add or remove. */
        ItemsRequest: {
            /** @description At most 100 000. */
            orgnrs: string[];
            /** @description Why they are added, up to 4000 characters; those that are in the list keep theirs. */
            note?: string | null;
        };
        /** @description A job with its history. */
        JobDetail: components["schemas"]["JobDto"] & {
            /** @description What it works on. */
            payload: unknown;
            /** @description Failed attempts, oldest first. */
            errors: components["schemas"]["JobErrorDto"][];
            /**
             * Format: uuid
             * @description The worker that has or had it.
             */
            worker?: string | null;
            /** @description The request that asked for it, as in the log. */
            trace_id?: string | null;
        };
        /** @description A job. */
        JobDto: {
            /**
             * Format: int64
             * @description Identity.
             */
            id: number;
            /** @description Its queue. */
            queue: string;
            /** @description Its kind: `import_files`. */
            kind: string;
            /** @description What it is about: `list:…`, `company:…`, `import:…`. */
            subject?: string | null;
            /** @description Where it stands. */
            state: components["schemas"]["JobState"];
            /**
             * Format: int32
             * @description 1 runs before 2 before 3.
             */
            priority: number;
            /**
             * Format: int32
             * @description How often it was started.
             */
            attempt: number;
            /**
             * Format: int32
             * @description How often it may be.
             */
            max_attempts: number;
            /**
             * Format: date-time
             * @description When it may run.
             */
            run_at: string;
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When its newest attempt began.
             */
            started_at?: string | null;
            /**
             * Format: date-time
             * @description When it ended.
             */
            finished_at?: string | null;
            /** @description How far it has come. */
            progress: components["schemas"]["JobProgressDto"];
            /** @description Whether somebody asked for it to stop. */
            is_cancel_requested: boolean;
            /** @description Why its newest failed attempt failed. */
            last_error?: string | null;
            /**
             * Format: uuid
             * @description Who asked for it.
             */
            requested_by?: string | null;
            /** @description What it left behind. */
            result?: unknown;
        };
        /** @description A failed attempt. */
        JobErrorDto: {
            /**
             * Format: int32
             * @description Which attempt, from 1.
             */
            attempt: number;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description `error`, `timeout`, `panic`, `lost` (its worker went silent) or `cancelled`. */
            kind: string;
            /** @description What happened. */
            reason: string;
            /**
             * Format: uuid
             * @description The worker.
             */
            worker?: string | null;
            /**
             * Format: int64
             * @description How long the attempt ran.
             */
            duration_ms?: number | null;
        };
        /** @description A page of jobs. */
        JobList: {
            /** @description Newest first. */
            items: components["schemas"]["JobDto"][];
            /**
             * Format: int64
             * @description Ask with `before` this for the next page; null on the last one.
             */
            next?: number | null;
        };
        /** @description How far a running job has come. */
        JobProgressDto: {
            /**
             * Format: int64
             * @description How much is done, in units of the job's own.
             */
            done?: number | null;
            /**
             * Format: int64
             * @description Of how much.
             */
            total?: number | null;
            /** @description In words. */
            note?: string | null;
        };
        /**
         * @description Where a job stands.
         * @enum {string}
         */
        JobState: "available" | "scheduled" | "retryable" | "running" | "completed" | "cancelled" | "discarded";
        /** @description A label in both languages. */
        LabelDto: {
            /** @description Swedish. */
            sv: string;
            /** @description English. */
            en: string;
        };
        /** @description A label on a company. */
        LabelMarkDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description grey, red, orange, yellow, green, teal, blue or purple. */
            color: string;
        };
        /** @description The last backup that was written and read back. */
        LastBackupView: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * Format: int64
             * @description Its bytes without the artifact store; null where it is not told.
             */
            bytes?: number | null;
            /** @description Where it is; null where it is not told. */
            place?: string | null;
            /** @description Whether it is encrypted; null for one from before that was told. */
            is_encrypted?: boolean | null;
        };
        /** @description A lever with its checked reasons. */
        LeverViewDto: {
            lever: string;
            /** @description `low`, `medium` or `high`: an opinion; null where rules wrote. */
            impact?: string | null;
            effort?: string | null;
            reasons: components["schemas"]["StatementDto"][];
        };
        /** @description A line of a statement. */
        LineView: {
            /** @description Key of the amount in each period. */
            key: string;
            /** @description What people read. */
            label: components["schemas"]["BilingualLabel"];
            /** @description income, balance or other. */
            statement: components["schemas"]["StatementPart"];
            /**
             * Format: int32
             * @description −1 for costs, which are kept negative, else 1.
             */
            sign: number;
            /**
             * Format: int32
             * @description Indentation: 0 for totals and results, 1 for their addends, 2 for "of which".
             */
            level: number;
        };
        /** @description An identity provider that one's account is signed in to by. */
        LinkedProvider: {
            /** Format: uuid */
            id: string;
            /** @description Its name in the settings. */
            provider: string;
            /** @description The address that it told last. */
            email?: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When somebody last signed in by it.
             */
            last_sign_in_at?: string | null;
        };
        /** @description A list. */
        ListDto: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description Name. */
            name: string;
            /** @description What it is for. */
            description?: string | null;
            /** @description `private` or `team`. */
            scope: string;
            /** @description `static` (keeps companies) or `dynamic` (follows its filter). */
            kind: string;
            /** @description Whether the asking person made it. */
            is_own: boolean;
            /** @description Who made it. */
            owner_name: string;
            /**
             * Format: uuid
             * @description The view it was made from.
             */
            source_view_id?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter in words, in the answer about a single list. */
            filter_text?: string | null;
            /**
             * Format: int64
             * @description Companies in it; null for a dynamic list while the index loads, or when its filter cannot be asked any more.
             */
            item_count?: number | null;
            /**
             * Format: int64
             * @description Companies in it that carry a note, in the answer about a single list.
             */
            note_count?: number | null;
            /**
             * Format: date-time
             * @description When it was put away.
             */
            archived_at?: string | null;
            /**
             * Format: int32
             * @description Counts changes of the list itself, for `If-Match`.
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it or its companies were last changed.
             */
            updated_at: string;
        };
        /** @description The note as it stands now. */
        ListNoteDto: {
            note?: string | null;
            /** @description The note before. */
            former?: string | null;
        };
        /** @description Why a company is on a list. */
        ListNoteRequest: {
            /** @description Up to 4000 characters; null or empty clears it. */
            note?: string | null;
            /**
             * @description The note that the writer saw (null for none). When it is given and somebody wrote another meanwhile, the answer is 409
             *     with that note.
             */
            expected?: string | null;
        };
        /** @description What a person writes of a list. Names in camelCase are understood too. */
        ListRequest: {
            /** @description 1 to 200 characters. */
            name?: string | null;
            /** @description What it is for; empty clears it. */
            description?: string | null;
            /** @description `private` (default) or `team`. */
            scope?: string | null;
            /** @description `static` (default): keeps companies. `dynamic`: follows its filter. */
            kind?: string | null;
            /**
             * Format: uuid
             * @description The view it was made from.
             */
            source_view_id?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description Companies to put in it at once. */
            orgnrs?: string[] | null;
            /**
             * Format: int32
             * @description Version that the change was made from; a list changed meanwhile is refused with 409.
             */
            version?: number | null;
        };
        /** @description Lists, last changed first. */
        ListsDto: {
            /** @description The lists, last changed first. */
            items: components["schemas"]["ListDto"][];
            /** @description How many are in `items`. */
            count: number;
            /** @description For `after`; null on the last page. */
            next?: string | null;
        };
        /** @description A worker that lives. */
        LivingWorkerView: {
            /** @description Host and process. */
            name: string;
            /** @description Version and commit of its program. */
            version: string;
            /**
             * Format: int32
             * @description Jobs it runs.
             */
            running: number;
            /**
             * Format: int32
             * @description Jobs it may run at once.
             */
            concurrency: number;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at: string;
        };
        /** @description Which to mark. */
        MarkRequest: {
            /** @description These; all of them when left out. */
            ids?: number[] | null;
            /** @description True (default) marks them as read, false as unread. */
            read?: boolean | null;
        };
        /** @description What changed. */
        MarkResponse: {
            /** @description Those that were not so before: sent back with the other `read`, they are as they were. */
            ids: number[];
            /** Format: int64 */
            unread_count: number;
        };
        /** @description What is noted about a company. */
        MarksDto: {
            orgnr: string;
            labels: components["schemas"]["LabelMarkDto"][];
            /**
             * Format: int64
             * @description Lists in use that hold it.
             */
            list_count: number;
            exclusion?: components["schemas"]["ExclusionMarkDto"] | null;
            item?: components["schemas"]["ItemDto"] | null;
        };
        /** @description Companies to tell about. */
        MarksRequest: {
            /** @description At most 1000. */
            orgnrs: string[];
            /**
             * Format: uuid
             * @description Also what this list says of them.
             */
            list_id?: string | null;
        };
        /** @description What is noted about companies. */
        MarksResponse: {
            /** @description By number, each once. */
            items: components["schemas"]["MarksDto"][];
        };
        /** @description What a text means, line by line; empty lines are left out. */
        MatchReport: {
            lines: components["schemas"]["MatchedLine"][];
            /** @description Lines with a company. */
            found: number;
            /** @description Lines to choose for. */
            ambiguous: number;
            /** @description Lines without a company. */
            not_found: number;
            /** @description Lines with a personal number. */
            sole_traders: number;
            /** @description Lines with a company that stands on an earlier line. */
            repeated: number;
            /** @description Found companies that are in the list already. */
            on_list: number;
            /** @description The found companies, each once. */
            orgnrs: string[];
        };
        /** @description A text with a company on each line. */
        MatchRequest: {
            /** @description Organisation numbers, names, or a table (cells parted by tabs or semicolons) with either; at most 20 000 lines. */
            text: string;
            /**
             * Format: uuid
             * @description The list that they are meant for: companies that are in it are marked.
             */
            list_id?: string | null;
        };
        /** @description A company, as far as it helps to tell it from others. */
        MatchedCompany: {
            orgnr: string;
            name?: string | null;
            /** @description Municipality. */
            municipality?: string | null;
            /** @description active, dormant, winding, bankrupt, deregistered or unknown. */
            status?: string | null;
            /**
             * Format: int64
             * @description Annualised net revenue, SEK.
             */
            revenue?: number | null;
            /** @description Whether it is in the list already. */
            is_on_list: boolean;
        };
        /** @description What one line means. */
        MatchedLine: {
            /** @description Counted from 1. */
            line: number;
            /** @description As given; digits of personal numbers are left out. */
            text: string;
            /** @description found, repeated, ambiguous, not_found, sole_trader, heading or unreadable. */
            status: string;
            /** @description `orgnr` or `name`, of a found company. */
            matched_by?: string | null;
            company?: components["schemas"]["MatchedCompany"] | null;
            /** @description Companies to choose from, when it is ambiguous. */
            candidates: components["schemas"]["MatchedCompany"][];
            /**
             * @description More to know: that a check digit is wrong, on which line the company stands already, that the candidates only resemble
             *     the name.
             */
            hint?: string | null;
        };
        /** @description The asking person. */
        Me: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description E-mail address, where it is known. */
            email?: string | null;
            /** @description Name that colleagues see. */
            display_name: string;
            /** @description `viewer`, `analyst`, `partner` or `admin`. */
            role: string;
            /** @description How they proved who they are: `local` (no sign-in here), `supabase`, `builtin` or `api_token`. */
            kind: string;
            /**
             * Format: date-time
             * @description Since when they ask to be erased; null when they do not.
             */
            erasure_asked_at?: string | null;
            /** @description What they may do, by role and scopes. */
            permissions: string[];
            /** @description Scopes of the API token; null for a person. */
            scopes?: string[] | null;
        };
        /** @description Every company of a list. */
        MembersDto: {
            /** @description Ascending. */
            orgnrs: string[];
            count: number;
        };
        /** @description A list that holds a company. */
        MembershipDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description `private` or `team`. */
            scope: string;
            /** @description `static` or `dynamic`. */
            kind: string;
            /** @description Why it is on the list. */
            note?: string | null;
            /**
             * Format: date-time
             * @description When it was put there; null for a dynamic list.
             */
            added_at?: string | null;
        };
        /** @description The lists that hold a company. */
        MembershipsDto: {
            items: components["schemas"]["MembershipDto"][];
        };
        /** @description Lists to pour into another. */
        MergeRequest: {
            /** @description The lists; they stay as they are. */
            from: string[];
            /** @description Whether they are put away afterwards. */
            archive?: boolean;
        };
        /** @description One call of a model. */
        ModelCallDto: {
            provider: string;
            model: string;
            prompt_version?: string | null;
            /** @description `json_schema`, `json_object` or `plain`. */
            structure?: string | null;
            /** Format: int64 */
            input_tokens?: number | null;
            /** Format: int64 */
            output_tokens?: number | null;
            /**
             * Format: double
             * @description What was set aside before the call.
             */
            reserved: number;
            /** Format: double */
            cost: number;
            /** @description Whether `cost` is what was set aside, because the server told no usage. */
            is_estimated: boolean;
            /** Format: int64 */
            latency_ms?: number | null;
            /** @description As the server sent it. */
            finish_reason?: string | null;
            /** Format: int32 */
            status?: number | null;
            /** @description `answered`, `truncated`, `filtered`, `declined`, `wrong_shape`, `broken`, `refused`, `timed_out` or `cancelled`. */
            outcome?: string | null;
            /** Format: date-time */
            begun_at: string;
            /** @description The messages as they were sent. */
            prompt?: string | null;
            /** @description The answer as it came. */
            answer?: string | null;
        };
        /** @description A model that a run can name. */
        ModelDto: {
            /** @description The provider's name in the settings. */
            name: string;
            model: string;
            /** @description Whether it answered when it was last asked what it can do. */
            is_ready: boolean;
            /** @description Why it did not; null where it did, or was not asked yet. */
            error?: string | null;
            /**
             * Format: double
             * @description Price of a million input tokens.
             */
            input_price: number;
            /**
             * Format: double
             * @description Price of a million output tokens.
             */
            output_price: number;
        };
        /** @description A model with its settings, without its key. */
        ModelSettingsDto: components["schemas"]["ModelDto"] & {
            /** @description Address without credentials. */
            base_url: string;
            has_key: boolean;
            /** Format: int32 */
            context_tokens: number;
            /** Format: int32 */
            max_output_tokens: number;
            abilities?: components["schemas"]["AbilitiesDto"] | null;
            /**
             * Format: date-time
             * @description When it was last asked; null where it was not.
             */
            probed_at?: string | null;
        };
        /** @description Every model with its settings. */
        ModelSettingsListDto: {
            items: components["schemas"]["ModelSettingsDto"][];
            month: components["schemas"]["SpendingDto"];
        };
        /** @description The models of this installation; none where rules write everything. */
        ModelsDto: {
            items: components["schemas"]["ModelDto"][];
            month: components["schemas"]["SpendingDto"];
        };
        /** @description A watched screen. */
        MonitorDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            view_id: string;
            view_name: string;
            /** @description `import`: told after each import that changed the screen; `daily`: told once a day. */
            rhythm: string;
            by_email: boolean;
            /** Format: uuid */
            webhook_id?: string | null;
            is_active: boolean;
            /** Format: date-time */
            checked_at?: string | null;
            /** @description Why the last check failed. */
            error?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /** @description The watched screens, and what they may be told by. */
        MonitorsDto: {
            items: components["schemas"]["MonitorDto"][];
            webhooks: components["schemas"]["WebhookChoiceDto"][];
            /** @description Whether the installation can send emails. */
            can_email: boolean;
        };
        /** @description A company that fails exactly one condition. */
        NearMissDto: {
            /** @description Which company. */
            orgnr: string;
            /** @description Its name. */
            name?: string | null;
            /** @description The field that falls short, where the condition is a range of one field. */
            field?: string | null;
            /**
             * Format: double
             * @description The company's value.
             */
            value?: number | null;
            /**
             * Format: double
             * @description How far it is from the range, in the field's unit.
             */
            distance?: number | null;
        };
        /** @description What is to be exported. */
        NewExportRequest: {
            /** @description `screen` (default): the companies of a filter. `list`: those of a list, excluded ones too unless `include_excluded` is false. `prospects`: the pipeline. */
            what?: string | null;
            /**
             * Format: uuid
             * @description The list, with `what: "list"`.
             */
            list_id?: string | null;
            prospects?: components["schemas"]["ProspectsChoice"] | null;
            /** @description Order of the rows, as in a query. */
            sort?: (components["schemas"]["SortDto"] | components["schemas"]["SortDto"][]) | null;
            /** @description Fields, in the order of the columns. */
            columns?: string[] | null;
            /** @description `csv` (default), `xlsx`, or `parquet`: the fields under their keys, with types (not for prospects). */
            format?: string | null;
            /** @description Language of the headings: `sv` (default) or `en`. */
            language?: string | null;
            /** @description Headings as keys instead of words. */
            keys?: boolean | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description A prospect that was made. */
        NewProspectDto: {
            /** Format: uuid */
            id: string;
            orgnr: string;
        };
        /** @description What a token is to be. */
        NewTokenRequest: {
            /** @description 1 to 100 characters. */
            name: string;
            /** @description At least one of `read`, `write`, `export`, `run`, `import`, `admin`; it never gives more than its owner's role. */
            scopes: string[];
            /**
             * Format: int32
             * @description 1 to 730; null: never, which only administrators may choose.
             */
            expires_in_days?: number | null;
        };
        /** @description Whom to invite. */
        NewUser: {
            email: string;
            /** @description The name that colleagues see; the address's first part when it is left out. */
            display_name?: string | null;
            /** @description `viewer`, `analyst`, `partner` or `admin`. */
            role: string;
            /** @description Whether the invitation is mailed to them instead of being shown here; where `mails_links` says so. */
            by_email?: boolean;
        };
        /** @description A text that a note had before. */
        NoteRevisionDto: {
            /** Format: int32 */
            version: number;
            body: string;
            kind: string;
            /** @description Who replaced this text, and when. */
            replaced_by_name?: string | null;
            /** Format: date-time */
            replaced_at: string;
        };
        /** @description Former texts, newest first. */
        NoteRevisionsDto: {
            items: components["schemas"]["NoteRevisionDto"][];
        };
        /** @description A notification. */
        NotificationDto: {
            /** Format: int64 */
            id: number;
            /** @description `mention`, `assigned`, `screen_changed`, `screen_digest`, … */
            kind: string;
            /** @description Whoever caused it. */
            actor_name?: string | null;
            /** @description The company it is about. */
            orgnr?: string | null;
            company_name?: string | null;
            /** @description The object it is about, such as `note:<id>`. */
            subject?: string | null;
            /** @description What is needed to show it; depends on the kind. */
            detail: Record<string, unknown>;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            read_at?: string | null;
        };
        /** @description Notifications, newest first. */
        NotificationsDto: {
            items: components["schemas"]["NotificationDto"][];
            /**
             * Format: int64
             * @description All that are unread, also beyond this page.
             */
            unread_count: number;
            /**
             * Format: int64
             * @description For `before`; null at the end.
             */
            next?: number | null;
        };
        /** @description One operator. */
        OperatorDto: {
            /** @description Name in the JSON forms. */
            op: string;
            /** @description How the text form writes it. */
            text: string;
            /** @description What people read. */
            label: components["schemas"]["LabelDto"];
            /**
             * Format: int32
             * @description Number of values: 0, 1, 2, or null for a list.
             */
            values?: number | null;
        };
        /** @description Another name. */
        OtherNameView: {
            /** @description The name. */
            name: string;
            /** @description The register's kind of name. */
            kind: string;
            /**
             * Format: date
             * @description When it was registered.
             */
            registered_on?: string | null;
        };
        /** @description A tag of the line that the figure did not come from. */
        OtherTagView: {
            /** @description less_precise, contradicts, other_concept; or why the figure stands in no statement, as the filing's `unused` has it. */
            reason: string;
            /** @description What the reason is about; may be empty. */
            detail: string;
            /** @description Concept of the taxonomy. */
            concept: string;
            /** @description Id of the context in the document. */
            context: string;
            context_period?: components["schemas"]["ContextDays"] | null;
            /** @description The text between the tags; empty where it was not read. */
            as_filed: string;
            /**
             * Format: double
             * @description The tagged number: text × 10^scale, with the document's sign; null where it was not read.
             */
            filed_value?: number | null;
            /**
             * Format: int32
             * @description Stated precision; null = exact.
             */
            decimals?: number | null;
            /** @description Unit of the tag. */
            unit?: string | null;
        };
        /**
         * @description Outcome of a comparison.
         * @enum {string}
         */
        Outcome: "equal" | "different" | "not_compared";
        /** @description A page of the website. */
        PageDto: {
            url: string;
            title?: string | null;
            language?: string | null;
            /** @description SHA-256 of its text; `GET /api/pages/{sha256}` answers with it. */
            sha256: string;
            /** Format: date-time */
            fetched_at: string;
            /** Format: date-time */
            checked_at: string;
        };
        /** @description Answer of `POST /api/universe/parse`: the same selection in each form. */
        ParseResponse: {
            /** @description The text form, canonical. */
            text: string;
            /** @description The JSON tree, canonical. */
            filter: components["schemas"]["FilterTree"];
            /** @description The top-level conditions (parts of the outermost AND), one chip each. */
            parts: components["schemas"]["FilterPartDto"][];
        };
        /** @description A peer group. */
        PeerGroupDto: {
            /**
             * Format: int64
             * @description Companies in it, the company itself included.
             */
            count: number;
            /** @description The industry code (five digits down to a section), or null for every industry. */
            sni?: string | null;
            sni_label?: components["schemas"]["LabelDto"] | null;
            /** @description The size class, or null for every size. */
            size_class?: string | null;
            /** @description The group as a filter, to open it as a screen. */
            text: string;
        };
        /** @description Where the company stands in one metric. */
        PeerMetricDto: {
            /** @description Field. */
            field: string;
            /**
             * Format: double
             * @description The company's value.
             */
            value?: number | null;
            /**
             * Format: double
             * @description Share 0–1 of the peers with a value that lie below it (equal ones count half).
             */
            percentile?: number | null;
            /**
             * Format: int64
             * @description Peers with a value.
             */
            count: number;
            /**
             * Format: double
             * @description 10th percentile of the peers.
             */
            p10?: number | null;
            /**
             * Format: double
             * @description 25th percentile.
             */
            p25?: number | null;
            /**
             * Format: double
             * @description Middle value.
             */
            median?: number | null;
            /**
             * Format: double
             * @description 75th percentile.
             */
            p75?: number | null;
            /**
             * Format: double
             * @description 90th percentile.
             */
            p90?: number | null;
            /** @description higher, lower or neutral. */
            better: string;
        };
        /** @description Answer of `GET /api/companies/{orgnr}/peers`. */
        PeersResponse: {
            /** @description Which company. */
            orgnr: string;
            /** @description The peer group: same industry and size class; a coarser industry when there would be fewer than 20. */
            group: components["schemas"]["PeerGroupDto"];
            /** @description One per ratio of the catalogue. */
            metrics: components["schemas"]["PeerMetricDto"][];
            /** @description Version of the data that answered. */
            data_version: string;
        };
        /** @description One percentile. */
        PercentileDto: {
            /**
             * Format: double
             * @description Share 0–1.
             */
            share: number;
            /**
             * Format: double
             * @description The value.
             */
            value: number;
        };
        /** @description A sentence that a person wrote. */
        PersonSentenceDto: {
            /** @description A section, `suggestion` or `open_question`. */
            part: string;
            text: string;
            /** @description The words that it was put in the place of; left out where it replaced none. */
            replaced?: string | null;
        };
        /** @description Everything that is kept of the asking person. */
        PersonalData: {
            /** @description When it was read (RFC 3339). */
            exported_at: string;
            /** @description Who they are. */
            person: Record<string, unknown>;
            /** @description By table and column: how many rows name them, how many of them are left out, and the rows. */
            records: Record<string, unknown>;
        };
        /** @description What the import did, or would do. */
        PipelineImportDto: {
            headings: string[];
            /** @description Field to heading, as used. */
            columns: {
                [key: string]: string;
            };
            stage_values: components["schemas"]["StageValueDto"][];
            /** @description Rows that are not blank. */
            rows: number;
            added: number;
            updated: number;
            unchanged: number;
            rejected_count: number;
            /** @description At most 1 000. */
            rejected: components["schemas"]["ImportRejectionDto"][];
            /** @description Whether it was written. */
            is_applied: boolean;
        };
        /** @description One company in the scatter; dates as days since 1970-01-01. */
        PointDto: {
            /** @description Which company. */
            orgnr: string;
            /** @description Its name. */
            name?: string | null;
            /**
             * Format: double
             * @description Horizontal.
             */
            x: number;
            /**
             * Format: double
             * @description Vertical.
             */
            y: number;
        };
        /** @description A column of a table. */
        PreviewColumn: {
            /**
             * Format: int64
             * @description Counted from 1.
             */
            number: number;
            heading: string;
            /** @description The field that it is read as. */
            field?: string | null;
            /** @description `kr`, `tkr`, `mkr` or `mdkr`. */
            unit?: string | null;
            /** @description The currency that its heading names. */
            currency?: string | null;
            /** @description Why it is not read. */
            reason?: string | null;
            /** @description Whether it is not read although its heading names something that Lode knows. */
            is_known: boolean;
            /** @description Its first cells that hold something. */
            samples: string[];
        };
        /** @description What a company would be asked. */
        PreviewDto: {
            /** @description The dossier, as `lode evidence check --dossier` reads it. */
            dossier: Record<string, unknown>;
            dossier_sha256: string;
            /** @description What was taken out of the company's pages: `[{"kind", "url", "text"}]`. */
            flags: components["schemas"]["FlagDto"][];
            /** @description Facts and sentences for which the model's window had no room. */
            facts_left_out: number;
            sentences_left_out: number;
            /** @description The rules, as they are sent. */
            system: string;
            /** @description The question with the dossier, as it is sent. */
            user: string;
            /** @description The JSON schema of the answer. */
            schema: Record<string, unknown>;
            prompt_version: string;
            cost: components["schemas"]["CostDto"];
        };
        /** @description A field that a column can be read as. */
        PreviewField: {
            key: string;
            label_sv: string;
            label_en: string;
            /** @description Whether it is an amount, which has a unit. */
            is_amount: boolean;
        };
        /** @description A form with a table. */
        PreviewForm: {
            /** @description The table; of delimited text its first megabytes are enough. */
            file: number[];
            /** @description How its columns are called. */
            mapping?: number[] | null;
        };
        /** @description Something that stands in the way, and what to do about it. */
        PreviewProblem: {
            reason: string;
            remedy?: string | null;
        };
        /** @description A company, a model and a template. */
        PreviewRequest: {
            /** @description The company. */
            orgnr: string;
            /** @description The model, by its provider's name. */
            provider: string;
            /** @description `sv` (when not given) or `en`. */
            language?: string | null;
            /** @description A shipped template; `full` when no template is named. */
            template_key?: string | null;
            /**
             * Format: uuid
             * @description A saved template.
             */
            template_id?: string | null;
            /** @description A template that is not saved. */
            template?: Record<string, unknown> | null;
            /**
             * Format: double
             * @description What the calls may cost together, as of a run.
             */
            budget?: number | null;
        };
        /** @description A row as it will be read. */
        PreviewRowDto: {
            /**
             * Format: int64
             * @description The line it starts on.
             */
            line: number;
            /** @description Values by field: amounts in whole units, days as YYYY-MM-DD. */
            values: Record<string, unknown>;
            /** @description Whether it is a sole trader's, of whom nothing is kept. */
            is_sole_trader: boolean;
            problem?: components["schemas"]["PreviewProblem"] | null;
            /** @description What is told of it. */
            told: string[];
        };
        /** @description A test job that was enqueued. */
        Probe: {
            /**
             * Format: int64
             * @description The job: it completes when a worker works.
             */
            job_id: number;
        };
        /** @description The body of every error. */
        Problem: {
            /** @description Kind of problem; `about:blank` when the status says it all. */
            type: string;
            /** @description Short and the same for every problem of the kind. */
            title: string;
            /**
             * Format: int32
             * @description HTTP status.
             */
            status: number;
            /** @description What happened this time, with a remedy where there is one. */
            detail: string;
            /** @description Id of the request, as in `x-request-id` and the log. */
            request_id?: string | null;
            /** @description The wrong places of the input. */
            errors?: components["schemas"]["InputError"][] | null;
            /** @description Of a conflict: the object as it is now, so that nothing that was written has to be lost. */
            current?: Record<string, unknown> | null;
        };
        /** @description An open procedure. */
        ProcedureView: {
            /** @description The register's code, e.g. KK for bankruptcy. */
            code: string;
            /**
             * Format: date
             * @description First day.
             */
            from?: string | null;
        };
        /** @description What is to be different; a field that is left out stays, null empties it. */
        ProspectChange: {
            /** @description Key of the stage. */
            stage?: string | null;
            /** Format: uuid */
            owner_id?: string | null;
            next_action?: string | null;
            /** Format: date */
            next_action_on?: string | null;
            /** Format: date */
            last_contact_on?: string | null;
            /**
             * Format: int64
             * @description Whole SEK.
             */
            value_sek?: number | null;
            pass_reason?: string | null;
            pass_note?: string | null;
            /** @description `private` or `team`. */
            scope?: string | null;
            /** @description True takes it out of the pipeline, false puts it back. */
            removed?: boolean | null;
            /**
             * Format: int32
             * @description The version that the change was made from; or send `If-Match`.
             */
            version?: number | null;
        };
        /** @description A prospect with its way through the pipeline. */
        ProspectDetailDto: components["schemas"]["ProspectDto"] & {
            /** @description Every stay in a stage, oldest first. */
            stays: components["schemas"]["StayDto"][];
        };
        /** @description A company in the pipeline. */
        ProspectDto: {
            /** Format: uuid */
            id: string;
            /** @description Organisation number, ten digits (Norway: nine). */
            orgnr: string;
            /** @description Name of the company. */
            name?: string | null;
            /** @description Code of the municipality. */
            municipality?: string | null;
            /** @description State of the company in the register. */
            company_status?: string | null;
            /** @description Whether the company is fictitious. */
            is_demo: boolean;
            /** @description Currency of the figures. */
            currency?: string | null;
            /**
             * Format: int64
             * @description Net sales of the latest year.
             */
            revenue?: number | null;
            /**
             * Format: int64
             * @description EBITDA of the latest year.
             */
            ebitda?: number | null;
            /**
             * Format: double
             * @description EBITDA over revenue; 12 % is 0.12.
             */
            ebitda_margin?: number | null;
            /** Format: double */
            employees?: number | null;
            /**
             * Format: date
             * @description Last day of the year that the figures are of.
             */
            period_end?: string | null;
            /** @description `private` or `team`. */
            scope: string;
            /** @description Key of the stage. */
            stage: string;
            /**
             * Format: date-time
             * @description Since when it stands there.
             */
            stage_since: string;
            /** Format: uuid */
            owner_id?: string | null;
            owner_name?: string | null;
            /** @description What is to be done next. */
            next_action?: string | null;
            /**
             * Format: date
             * @description By when.
             */
            next_action_on?: string | null;
            /**
             * Format: date
             * @description When somebody last spoke with the company.
             */
            last_contact_on?: string | null;
            /**
             * Format: int64
             * @description Estimated value in whole SEK.
             */
            value_sek?: number | null;
            /** @description Why it was passed on; null unless its stage is a pass. */
            pass_reason?: string | null;
            /** @description The same in words. */
            pass_note?: string | null;
            /** @description Whether the asking person added it. */
            is_own: boolean;
            created_by_name?: string | null;
            /** Format: date-time */
            created_at: string;
            updated_by_name?: string | null;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: date-time
             * @description The last change or note by anybody.
             */
            touched_at: string;
            /** @description Nobody touched it for longer than its stage allows. */
            is_stale: boolean;
            /**
             * Format: int64
             * @description Notes on the company that the asking person may see.
             */
            note_count: number;
            /**
             * Format: date-time
             * @description When it was taken out of the pipeline.
             */
            removed_at?: string | null;
            /**
             * Format: int32
             * @description For `If-Match` and `version`.
             */
            version: number;
        };
        /** @description Which prospects are wanted, as in `GET /api/prospects`. */
        ProspectsChoice: {
            /**
             * @description `private`, `team` or `all` (default).
             * @default null
             */
            scope?: string | null;
            /**
             * @description Keys of stages, joined by commas.
             * @default null
             */
            stage?: string | null;
            /**
             * @description Id of the owner, `me`, or `none`.
             * @default null
             */
            owner?: string | null;
            /**
             * @description `overdue`, `today` (or before), `week` (the next seven days or before), `none`.
             * @default null
             */
            due?: string | null;
            /**
             * @description Only those that nobody touched for longer than their stage allows.
             * @default null
             */
            stale?: boolean | null;
            /**
             * @description Letters of the company's name, or the first digits of its number.
             * @default null
             */
            q?: string | null;
            /**
             * @description Of one company.
             * @default null
             */
            orgnr?: string | null;
            /**
             * @description Removed ones too.
             * @default null
             */
            removed?: boolean | null;
        };
        /** @description Prospects by stage, then what is due first. */
        ProspectsDto: {
            items: components["schemas"]["ProspectDto"][];
            /** @description How many are in `items`. */
            count: number;
            /**
             * Format: int64
             * @description How many the question has.
             */
            total: number;
            /** @description For `after`; null on the last page. */
            next?: string | null;
        };
        /** @description A code. */
        ProveRequest: {
            /**
             * @description Six digits of the app, or a recovery code.
             * @default
             */
            code?: string;
        };
        /** @description A sign-in that was begun. */
        ProviderBegun: {
            /** @description Where the browser goes. */
            url: string;
            /** @description What the page keeps until the browser comes back, and tells nobody but `finish`. */
            secret: string;
        };
        /** @description What the browser came back with. */
        ProviderReturn: {
            /**
             * @description What `begin` answered.
             * @default
             */
            secret?: string;
            /**
             * @description `state` of the address that the provider sent the browser to.
             * @default
             */
            state?: string;
            /**
             * @description `code` of that address.
             * @default
             */
            code?: string;
            /**
             * @description `iss` of that address, where it is there.
             * @default null
             */
            iss?: string | null;
        };
        /** @description Body of `POST /api/universe/query`: the selection and what to show of it. */
        QueryRequest: {
            /** @description One sort key or a list; then by orgnr. Missing values come last in either direction. */
            sort?: (components["schemas"]["SortDto"] | components["schemas"]["SortDto"][]) | null;
            /** @description Rows of the page, 0–1000; 50 when left out. */
            limit?: number | null;
            /** @description Rows to skip. */
            offset?: number | null;
            /**
             * @description Instead of `offset`: the `next` of an earlier answer under the same sort keys. The page goes on where that one ended, whatever
             *     was added or removed before it meanwhile.
             */
            after?: string | null;
            /** @description Fields of each row beside `orgnr` and `name`, plus `revenue_series`; a default set when left out. */
            columns?: string[] | null;
            /** @description Fields to count values of, or `sni:1` … `sni:5` for a level of the industry code. */
            facets?: string[] | null;
            /** @description Fields to show the distribution of. */
            histograms?: components["schemas"]["HistogramRequest"][] | null;
            /** @description Whether the answer also tells how the selection was read (`parsed`), so that an edit of the filter is one call. */
            parsed?: boolean | null;
            /**
             * @description Whether the answer also tells what is noted about the companies of the page (`marks`), as `POST /api/companies/marks` does,
             *     so that a screen with its marks is one call. Whoever may not read that gets none.
             */
            marks?: boolean | null;
            /**
             * @description `objects` (default): each row is an object in `rows`. `columns`: the same values in `columns`, one list per column,
             *     and `rows` is empty.
             */
            form?: ("objects" | "columns") | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description Answer of `POST /api/universe/query`. */
        QueryResponse: {
            /** @description The page: `orgnr`, `name` and the asked columns; a missing value is null. Empty where `form` asked for `columns`. */
            rows: components["schemas"]["RowDto"][];
            columns?: components["schemas"]["ColumnsDto"] | null;
            /**
             * Format: int64
             * @description Exact number of companies in the selection.
             */
            total: number;
            /**
             * Format: int32
             * @description Rows asked for.
             */
            limit: number;
            /**
             * Format: int64
             * @description Companies of the selection before the page.
             */
            offset: number;
            /** @description Where the next page starts, for `after`; null on the last page. */
            next?: string | null;
            /** @description Whether the data changed since the answer that `after` comes from; left out without `after`. */
            data_changed?: boolean | null;
            /** @description Version of the data that answered; equal versions give equal answers. */
            data_version: string;
            /**
             * Format: double
             * @description Time in the server, milliseconds.
             */
            took_ms: number;
            /** @description What answered: `index`, or `postgres` while the index loads. */
            engine: string;
            /** @description The selection in the text form (without `q`). */
            text: string;
            parsed?: components["schemas"]["ParseResponse"] | null;
            /**
             * @description What is noted about the companies of the page, where `marks` asked for it and the asker may read it; left out otherwise, and
             *     while the database does not answer.
             */
            marks?: components["schemas"]["MarksDto"][] | null;
            /**
             * Format: int64
             * @description Companies that would be in the selection but are on the exclusion list.
             */
            hidden_by_exclusions: number;
            /**
             * @description What only the database knows and could not be asked for now: `exclusions` (those known last are left out),
             *     `revenue_series` (copies, or null), `marks`. Left out when nothing is missing.
             */
            missing?: string[];
            /** @description Counts per asked facet, most frequent first, each without the conditions on its own field. */
            facets?: {
                [key: string]: components["schemas"]["FacetValueDto"][];
            } | null;
            /** @description Distributions per asked field. */
            histograms?: {
                [key: string]: components["schemas"]["HistogramDto"];
            } | null;
        };
        /** @description How full a queue is. */
        QueueDepthView: {
            /** @description Its name. */
            queue: string;
            /**
             * Format: int64
             * @description Jobs that could run now.
             */
            available: number;
            /**
             * Format: int64
             * @description Jobs that run.
             */
            running: number;
            /**
             * Format: int64
             * @description Jobs that gave up.
             */
            dead: number;
            /**
             * Format: double
             * @description Seconds that the oldest available job has waited; null when none waits.
             */
            oldest_seconds?: number | null;
            /** @description Whether it is paused. */
            is_paused: boolean;
        };
        /** @description A queue. */
        QueueDto: {
            /** @description Its name. */
            queue: string;
            /**
             * Format: int64
             * @description Jobs that may run now.
             */
            available: number;
            /**
             * Format: int64
             * @description Jobs that wait for their time.
             */
            scheduled: number;
            /**
             * Format: int64
             * @description Jobs that failed and wait for their next attempt.
             */
            retryable: number;
            /**
             * Format: int64
             * @description Jobs that run.
             */
            running: number;
            /**
             * Format: int64
             * @description Dead jobs.
             */
            discarded: number;
            /**
             * Format: double
             * @description Seconds since the oldest job that may run could have; null when none waits.
             */
            oldest_seconds?: number | null;
            /**
             * Format: date-time
             * @description Since when it is paused; null when it is not.
             */
            paused_at?: string | null;
            /**
             * Format: int64
             * @description Jobs completed in the last five minutes.
             */
            completed_lately: number;
            /**
             * Format: int64
             * @description Jobs that died in the last five minutes.
             */
            discarded_lately: number;
            /**
             * Format: double
             * @description Median run time of those, in seconds.
             */
            run_seconds?: number | null;
            /**
             * Format: double
             * @description Median wait of those before they ran, in seconds.
             */
            wait_seconds?: number | null;
        };
        /** @description The queues and who works on them. */
        QueueOverview: {
            /** @description Every queue, by name. */
            queues: components["schemas"]["QueueDto"][];
            /** @description Workers that gave a sign within the last half minute. */
            workers: components["schemas"]["WorkerDto"][];
            /** @description Schedules. */
            schedules: components["schemas"]["ScheduleDto"][];
        };
        /** @description Answer of `/ready`. */
        Ready: {
            /** @description Whether requests can be answered. */
            ready: boolean;
            /** @description `ok`, or why not, per part. */
            checks: {
                [key: string]: string;
            };
        };
        /** @description A filing of a company that one cares about. */
        RecentFilingDto: {
            /** Format: uuid */
            id: string;
            orgnr: string;
            name?: string | null;
            /**
             * Format: date
             * @description Last day of the newest year in it.
             */
            report_end?: string | null;
            /** Format: date */
            filed_at?: string | null;
            /** Format: date-time */
            imported_at: string;
            /** @description Stage of the company's prospect; null when it is on a list only. */
            stage?: string | null;
            /** Format: int64 */
            revenue?: number | null;
            /** Format: double */
            ebitda_margin?: number | null;
            currency?: string | null;
        };
        /** @description Whose password was forgotten. */
        RecoverRequest: {
            email: string;
        };
        /** @description Codes that stand in for the app, each good once. */
        RecoveryCodes: {
            /** @description Ten codes, shown this once. */
            codes: string[];
        };
        /** @description How many recovery codes are left. */
        RecoveryCodesLeft: {
            /** Format: int64 */
            left: number;
        };
        /** @description Whether Redis or Valkey takes what jobs need it to take. */
        RedisStatus: {
            /** @description Whether one is set up. */
            configured: boolean;
            /** @description Whether it answers and can be written to. */
            ok: boolean;
            /** @description Why not, e.g. that its memory is used up; jobs are then found in Postgres. */
            problem?: string | null;
        };
        /** @description A row or entry that was refused. */
        RejectionDto: {
            /** @description File, with archive entries after `!`. */
            file: string;
            /**
             * Format: int64
             * @description Row or entry number within the file, from 1; 0 is the file as a whole.
             */
            item: number;
            /** @description Line, column, byte or field. */
            place?: string | null;
            /** @description What is wrong. */
            reason: string;
            /** @description What can be done. */
            remedy?: string | null;
            /** @description A few characters of the input. */
            sample?: string | null;
        };
        /** @description A page of rejections. */
        RejectionList: {
            /** @description In the order of the input. */
            items: components["schemas"]["RejectionDto"][];
            /**
             * Format: int64
             * @description How many there are in all.
             */
            total: number;
        };
        /** @description Which second factor went. */
        RemovedFactor: {
            /** Format: uuid */
            id: string;
        };
        /** @description A change of a report. */
        ReportChangeDto: {
            /**
             * Format: int32
             * @description The version that it made.
             */
            version: number;
            /** @description Who made it; null once their account is gone. */
            made_by?: string | null;
            /** Format: date-time */
            made_at: string;
            changes: components["schemas"]["ChangeDto"][];
        };
        /** @description Sentences by their end. */
        ReportCountsDto: {
            verified: number;
            contradicted: number;
            not_found: number;
        };
        /** @description The changes of a report. */
        ReportHistoryDto: {
            /** @description Newest first. */
            items: components["schemas"]["ReportChangeDto"][];
        };
        /** @description A figure that a newer filing gives otherwise than an older one. */
        RestatementView: {
            /** @description Key of the line. */
            line: string;
            /**
             * Format: int64
             * @description What the older filing has.
             */
            old_value: number;
            /**
             * Format: uuid
             * @description The older filing.
             */
            old_filing_id: string;
            /**
             * Format: int64
             * @description What is shown.
             */
            new_value: number;
            /**
             * Format: uuid
             * @description The filing that is shown.
             */
            new_filing_id: string;
        };
        /** @description The model that wrote a report. */
        ResultModelDto: {
            provider: string;
            model?: string | null;
            prompt_version: string;
        };
        /** @description How many jobs were let run again. */
        Retried: {
            /**
             * Format: int64
             * @description Jobs.
             */
            retried: number;
        };
        /** @description A report after a change. */
        RevisedDto: {
            /**
             * Format: int32
             * @description Version that it has now.
             */
            version: number;
            report: components["schemas"]["AnalysisReportDto"];
            changes: components["schemas"]["ChangeDto"][];
        };
        /** @description `orgnr`, `name` and the asked columns by key; a missing value is null */
        RowDto: {
            /** @description Ten digits (nine for Norway) */
            orgnr: string;
            /** @description Name */
            name: string | null;
        } & {
            [key: string]: components["schemas"]["CellDto"];
        };
        /** @description One rule of the analyst. */
        RuleDto: {
            code: string;
            /** @description `strength`, `weakness` or `risk_flag`. */
            kind: string;
            /** @description What it says; `{field}` stands for the value of a field. */
            label: components["schemas"]["BilingualLabel"];
            /** @description Fields of the catalogue that it compares. */
            fields: string[];
            /**
             * Format: int32
             * @description Highest score of a company to which it applies.
             */
            cap?: number | null;
        };
        /** @description The rules of the analyst. */
        RulesDto: {
            items: components["schemas"]["RuleDto"][];
        };
        /** @description Companies of a run. */
        RunCompaniesDto: {
            items: components["schemas"]["RunCompanyDto"][];
            /**
             * Format: int64
             * @description How many there are on all pages.
             */
            total: number;
        };
        /** @description A company of a run. */
        RunCompanyDto: {
            orgnr: string;
            name?: string | null;
            /** @description `[{"part", "state", "reason", "detail"}]`. */
            parts: components["schemas"]["RunPartDto"][];
            /** Format: date-time */
            updated_at?: string | null;
            /**
             * Format: int32
             * @description Fit score, 0 to 100, of an analysis.
             */
            points?: number | null;
            /**
             * @description The analysis: findings with their evidence, score by dimension, what it rests on, and the report with its checked sentences.
             *     Its shape is `AnalysisResultDto`.
             */
            result?: Record<string, unknown> | null;
            /** @description `approved` or `rejected`. */
            verdict?: string | null;
            /** @description Who decided; null where the run's rule did, or nobody. */
            verdict_by?: string | null;
            /** Format: date-time */
            verdict_at?: string | null;
            /** @description Whether the run's rule approved it. */
            is_verdict_by_rule: boolean;
            /**
             * Format: int32
             * @description Version of the analysis, which a change of its report names; null while there is none.
             */
            version?: number | null;
        };
        /** @description A run over many companies. */
        RunDto: {
            /** Format: uuid */
            id: string;
            /** @description `enrichment` or `analysis`. */
            kind: string;
            name: string;
            /** @description `queued`, `running`, `completed` or `cancelled`. */
            status: string;
            /** @description `private` or `team`. */
            scope: string;
            /** @description Whether the asking person started it. */
            is_own: boolean;
            owner_name: string;
            /** @description What is found out of each company. */
            parts: string[];
            /** @description Whether what was fresh is found out again too. */
            is_forced: boolean;
            /** @description Where the companies came from: `{"orgnrs": n}`, `{"list_id"}` or `{"filter"}`. */
            selection: Record<string, unknown>;
            /** Format: uuid */
            template_id?: string | null;
            /** Format: int32 */
            template_version?: number | null;
            /** @description The template as it was when the run began. */
            template?: Record<string, unknown> | null;
            /** Format: int32 */
            company_count: number;
            model?: components["schemas"]["RunModelDto"] | null;
            auto_approval?: components["schemas"]["AutoApprovalDto"] | null;
            /** @description Whether companies with an approved analysis were left out. */
            keeps_approved: boolean;
            stages?: components["schemas"]["RunStagesDto"] | null;
            /** @description Parts by what is found out and state, e.g. `{"homepage": {"completed": 12, "failed": 1}}`. */
            counts: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            /**
             * Format: int64
             * @description Parts in all.
             */
            total: number;
            /**
             * Format: int64
             * @description Parts that are neither queued nor running.
             */
            done: number;
            /** Format: int64 */
            completed: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            skipped: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            cancelled_at?: string | null;
            /** Format: date-time */
            finished_at?: string | null;
        };
        /** @description The model that writes for a run, and what its calls have cost. */
        RunModelDto: {
            /** @description The provider's name in the settings. */
            provider: string;
            /** @description The model's name. */
            model?: string | null;
            /** @description `sv` or `en`. */
            language?: string | null;
            /** @description Name of a shipped template; null for a saved one. */
            template_key?: string | null;
            /**
             * Format: double
             * @description What all calls of the run may cost together, in `currency`.
             */
            budget?: number | null;
            /**
             * Format: double
             * @description What the recorded calls have cost, with what is set aside for those that run.
             */
            cost: number;
            /**
             * Format: int64
             * @description Calls so far, failed ones too.
             */
            calls: number;
            /** Format: int64 */
            input_tokens: number;
            /** Format: int64 */
            output_tokens: number;
            currency: string;
        };
        /** @description One part of a company of a run; how `parts` is described. */
        RunPartDto: {
            part: string;
            /** @description `queued`, `running`, `completed`, `failed`, `skipped` or `cancelled`. */
            state: string;
            /**
             * @description A stable word: `fresh`, `approved_before`, `below_score`, `stage_failed`, `no_homepage`, `not_searched`, `unproved`, `unreachable`, `refused`, `nothing_found`, `no_facts`, `job_died`; of a model
             *     `nothing_known`, `over_budget`, `truncated`, `filtered`, `declined`, `malformed`, `wrong_shape`, `provider_refused`,
             *     `provider_failed`, `no_questions`, `not_made`.
             */
            reason?: string | null;
            detail?: string | null;
        };
        /** @description What surrounds the analysis of a run in stages, which always begins with a screening by rules. Each company goes on by itself. */
        RunStagesDto: {
            /**
             * Format: int32
             * @description The least score, 0 to 100, of a company that goes on after the screening; all go on when not given.
             */
            min_points?: number | null;
            /** @description Whether websites are looked for and read before the analysis, as far as they are not fresh. */
            research: boolean;
            /** @description Whether the analysis is kept as the company's report (`GET /api/companies/{orgnr}/ai-report`). */
            report: boolean;
        };
        /** @description Runs, newest first. */
        RunsDto: {
            items: components["schemas"]["RunDto"][];
            count: number;
        };
        /** @description Body of `POST /api/universe/scatter`. */
        ScatterRequest: {
            /** @description Field of the horizontal axis. */
            x: string;
            /** @description Field of the vertical axis. */
            y: string;
            /** @description At most so many points (2 000 when left out, 20 000 at most). */
            limit?: number | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description Answer of `POST /api/universe/scatter`. */
        ScatterResponse: {
            /**
             * Format: int64
             * @description Companies in the selection.
             */
            total: number;
            /**
             * Format: int64
             * @description Of these, with both values.
             */
            with_both: number;
            /** @description Whether `points` is a sample; the same data and request give the same sample. */
            is_sample: boolean;
            /** @description The points, by orgnr. */
            points: components["schemas"]["PointDto"][];
            /** @description Version of the data that answered. */
            data_version: string;
        };
        /** @description A schedule. */
        ScheduleDto: {
            /** @description Its name. */
            name: string;
            /**
             * Format: date-time
             * @description Its newest tick.
             */
            last_tick: string;
            /**
             * Format: int64
             * @description The job of that tick.
             */
            job_id?: number | null;
        };
        /** @description A token for the scraper service. */
        ScraperToken: {
            /** @description For `Authorization: Bearer` of requests to the scraper service; worth nothing elsewhere. */
            access_token: string;
            /**
             * Format: int64
             * @description Seconds.
             */
            expires_in: number;
        };
        /** @description The figure that turned a condition. */
        ScreenCauseDto: {
            /** @description The condition as text. */
            condition: string;
            /** @description Key of the field. */
            field: string;
            before: Record<string, unknown>;
            after: Record<string, unknown>;
        };
        /** @description A company that entered or left. */
        ScreenChangeDto: {
            orgnr: string;
            name?: string | null;
            /** @description `new`, `removed` or `changed`. */
            reason: string;
            causes: components["schemas"]["ScreenCauseDto"][];
        };
        /** @description A difference on a watched screen. */
        ScreenDifferenceDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            monitor_id: string;
            /** Format: uuid */
            view_id: string;
            view_name: string;
            /** Format: date-time */
            found_at: string;
            /** @description The screen as text. */
            text: string;
            /**
             * Format: int64
             * @description Companies on the screen then.
             */
            total: number;
            /** Format: int64 */
            entered_count: number;
            /** Format: int64 */
            left_count: number;
            /** @description The first 200 of those that entered. */
            entered: components["schemas"]["ScreenChangeDto"][];
            /** @description The first 200 of those that left. */
            left: components["schemas"]["ScreenChangeDto"][];
        };
        /** @description Answer of the search box. */
        SearchResponse: {
            /** @description Best match first. */
            items: components["schemas"]["CompanySummary"][];
            /** @description Number of items. */
            count: number;
        };
        /** @description The checked sentences of a section. */
        SectionFactsDto: {
            /** @description Key of `GET /api/analysis/vocabulary`. */
            section: string;
            facts: components["schemas"]["StatementDto"][];
        };
        /** @description Which companies: every part that is given must hold. */
        SelectionRequest: {
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description A session that is handed over. */
        SessionAnswer: components["schemas"]["AuthSession"] | components["schemas"]["CookieSession"];
        /** @description Somewhere one is signed in. */
        SessionDto: {
            /** Format: uuid */
            id: string;
            /** @description `password`, `invite` or `recovery`. */
            method: string;
            /** @description Network address where it began. */
            address?: string | null;
            /** @description The program. */
            user_agent?: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last renewed.
             */
            refreshed_at: string;
            /** @description Whether this very request belongs to it. */
            is_current: boolean;
        };
        /** @description Sessions, the one renewed last first. */
        Sessions: {
            items: components["schemas"]["SessionDto"][];
        };
        /** @description Where people sign in, by the protocol of Supabase Auth in either case. */
        SignIn: {
            /** @description `none`, `builtin` (accounts kept here, under `/auth/v1` of this server) or `supabase`. */
            kind: string;
            /** @description The Supabase project's address. */
            supabase_url?: string | null;
            /** @description Its public key. */
            supabase_anon_key?: string | null;
            /** @description Whether a link for a forgotten password is mailed; else an administrator makes one. */
            mails_links: boolean;
            /** @description Whether this server's own pages hold their session in a cookie, which no script can read. */
            cookie: boolean;
            /** @description Identity providers that people may sign in with, in the order of the settings. */
            providers: components["schemas"]["SignInProvider"][];
        };
        /** @description An identity provider as the sign-in page shows it. */
        SignInProvider: {
            /** @description Its name in addresses (`/auth/v1/providers/{key}/begin`). */
            key: string;
            /** @description Its name for people. */
            name: string;
        };
        /** @description Where the browser goes after a sign-out, so that the identity provider ends its own session too. */
        SignedOut: {
            /** @description The provider's address for that. */
            sign_out_url: string;
        };
        /** @description One look-alike. */
        SimilarDto: {
            /** @description Which company. */
            orgnr: string;
            /** @description Its name. */
            name?: string | null;
            /**
             * Format: double
             * @description Likeness, 1 = equal in every compared feature.
             */
            score: number;
            /** @description What each feature adds. */
            explanation: components["schemas"]["SimilarReasonDto"][];
        };
        /** @description One feature of the comparison. */
        SimilarFeatureDto: {
            /** @description Field. */
            field: string;
            /**
             * Format: double
             * @description Its weight.
             */
            weight: number;
            /** @description The seeds' value: the median of numbers, the most frequent code. */
            seed?: Record<string, unknown> | null;
        };
        /** @description What one feature adds to the likeness. */
        SimilarReasonDto: {
            /** @description Field. */
            field: string;
            /** @description The company's value. */
            value?: Record<string, unknown> | null;
            /**
             * Format: double
             * @description Likeness in this feature, 0–1.
             */
            likeness: number;
            /**
             * Format: double
             * @description Share of the score that comes from it.
             */
            contribution: number;
        };
        /** @description Body of `POST /api/universe/similar`. */
        SimilarRequest: {
            /** @description One company or a list of seeds (at most 1 000). */
            orgnrs: string[];
            /** @description Field → weight (0 leaves it out); the defaults of the engine when left out. */
            weights?: {
                [key: string]: number;
            } | null;
            /** @description At most so many matches (20 when left out, 500 at most). */
            limit?: number | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description Answer of `POST /api/universe/similar`. */
        SimilarResponse: {
            /** @description The features that were compared. */
            features: components["schemas"]["SimilarFeatureDto"][];
            /** @description Nearest first. */
            items: components["schemas"]["SimilarDto"][];
            /** @description Seeds that are not known. */
            not_found: string[];
            /** @description Version of the data that answered. */
            data_version: string;
            /**
             * Format: double
             * @description Time in the server, milliseconds.
             */
            took_ms: number;
        };
        /** @description A statement that is slow in the mean. */
        SlowStatementView: {
            /** @description Its first 100 characters, values replaced by `$1`. */
            text: string;
            /**
             * Format: int64
             * @description How often it ran.
             */
            calls: number;
            /**
             * Format: double
             * @description Mean milliseconds.
             */
            mean_ms: number;
        };
        /** @description A figure that turned a condition. */
        SnapshotCauseDto: {
            /** @description The condition, text form. */
            condition: string;
            /** @description The field. */
            field: string;
            /** @description Value at the snapshot. */
            before?: Record<string, unknown> | null;
            /** @description Value now. */
            after?: Record<string, unknown> | null;
        };
        /** @description One company that entered or left, and why. */
        SnapshotChangeDto: {
            /** @description Which company. */
            orgnr: string;
            /** @description Its name. */
            name?: string | null;
            /** @description `changed`, `new` (not known then) or `removed` (not known any more). */
            reason: string;
            /** @description Each figure of the filter that changed so that its condition turned. */
            causes: components["schemas"]["SnapshotCauseDto"][];
        };
        /** @description Answer of `GET /api/universe/snapshots/{id}`. */
        SnapshotDetailResponse: components["schemas"]["SnapshotDto"] & {
            /** @description A page of the companies, ascending. */
            orgnrs: string[];
        };
        /** @description Answer of `POST /api/universe/snapshots/{id}/rerun`. */
        SnapshotDifferenceResponse: {
            /** @description The snapshot. */
            snapshot: components["schemas"]["SnapshotDto"];
            /**
             * Format: int64
             * @description Companies that match now.
             */
            total: number;
            /** @description Hash of the present result. */
            hash: string;
            /** @description Version of the data now. */
            data_version: string;
            /**
             * Format: int64
             * @description Companies that match now and did not then.
             */
            entered_count: number;
            /**
             * Format: int64
             * @description Companies that matched then and do not now.
             */
            left_count: number;
            /** @description The first of those that entered (at most 1 000), by orgnr. */
            entered: components["schemas"]["SnapshotChangeDto"][];
            /** @description The first of those that left (at most 1 000), by orgnr. */
            left: components["schemas"]["SnapshotChangeDto"][];
        };
        /** @description A frozen screen. */
        SnapshotDto: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description Name. */
            name?: string | null;
            /** @description The filter, canonical text. */
            text: string;
            /** @description The filter, canonical JSON. */
            filter: components["schemas"]["FilterTree"];
            /** @description Version of the data it was taken from. */
            data_version: string;
            /**
             * Format: int64
             * @description Number of companies.
             */
            count: number;
            /** @description SHA-256 over filter text, a newline, and the organisation numbers in ascending order, one per line. */
            hash: string;
            /**
             * Format: date-time
             * @description When it was taken.
             */
            created_at: string;
        };
        /** @description Body of `POST /api/universe/snapshots`. */
        SnapshotRequest: {
            /** @description A name to find it by. */
            name?: string | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description Answer of `GET /api/universe/snapshots`. */
        SnapshotsResponse: {
            /** @description Newest first. */
            items: components["schemas"]["SnapshotDto"][];
            /**
             * Format: int64
             * @description Number of snapshots.
             */
            total: number;
        };
        /** @description One sort key. */
        SortDto: {
            /** @description Key or alias of a field, or `orgnr`. */
            by: string;
            /** @description `asc` or `desc` (default `desc` for figures, `asc` for words). */
            dir?: string | null;
        };
        /** @description One kind of filing. */
        SourceCoverage: {
            /** @description annual_report, esef_report, register_accounts, table or demo. */
            kind: string;
            /** @description k2, k3, ifrs, norwegian_gaap or unknown. */
            framework: string;
            /**
             * Format: int64
             * @description Filings.
             */
            filings: number;
            /**
             * Format: int64
             * @description Companies.
             */
            companies: number;
            /**
             * Format: date-time
             * @description When the latest came in.
             */
            latest_at?: string | null;
        };
        /** @description A source that has spoken of the company. */
        SourceView: {
            /** @description E.g. `bolagsverket_bulk`. */
            source: string;
            /**
             * Format: date-time
             * @description When it last changed something.
             */
            at: string;
        };
        /** @description What is spent of the month's limit. */
        SpendingDto: {
            /**
             * Format: double
             * @description Spent and set aside in this month (UTC).
             */
            spent: number;
            /** Format: double */
            limit: number;
            /**
             * Format: double
             * @description What a run may cost where nobody says otherwise.
             */
            run_limit: number;
            currency: string;
        };
        /** @description A stage. */
        StageDto: {
            /** @description Stable name, as prospects name it. */
            key: string;
            /** @description Name given by the team; null for a default stage under its default name. */
            name?: string | null;
            /** @description `open`, `closed` or `passed`. */
            outcome: string;
            /**
             * Format: int32
             * @description A prospect that nobody touched for more days is stale; null for never.
             */
            stale_after_days?: number | null;
            /** @description No longer part of the pipeline; histories still name it. */
            is_retired: boolean;
            /**
             * Format: int64
             * @description Prospects in it that the reader may see.
             */
            prospect_count: number;
        };
        /** @description A stage as somebody wants it. */
        StageRequest: {
            /** @description Of a stage that is there; a new one gets its key from its name. */
            key?: string | null;
            /** @description 1 to 60 characters; null for a default stage under its default name. */
            name?: string | null;
            /** @description `open` (default), `closed` or `passed`. */
            outcome?: string | null;
            /**
             * Format: int32
             * @description 1 to 3650; null for never.
             */
            stale_after_days?: number | null;
        };
        /** @description A value of the stage column. */
        StageValueDto: {
            value: string;
            /** @description Rows that have it. */
            count: number;
            /** @description Key of the stage it means; null while nobody has said. */
            stage?: string | null;
        };
        /** @description The pipeline. */
        StagesDto: {
            /** @description In order, retired ones last. */
            stages: components["schemas"]["StageDto"][];
            /** @description Reasons for passing on a company. */
            pass_reasons: string[];
            /**
             * Format: int32
             * @description For changing the stages.
             */
            version: number;
        };
        /** @description The whole pipeline as somebody wants it. */
        StagesRequest: {
            /** @description In order. A stage that is left out is retired. */
            stages: components["schemas"]["StageRequest"][];
            /**
             * @description Where the prospects of retired stages go: key to key. Private ones that the reader does not see go there too; where nothing
             *     is said, to the first stage with the same outcome.
             */
            moves?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description The version that the change was made from.
             */
            version: number;
        };
        /** @description A run that has begun. */
        StartedDto: {
            /** Format: uuid */
            run_id: string;
            /** @description Companies with a job. */
            queued_count: number;
            /**
             * Format: int64
             * @description Companies of the run; those without a job are fresh.
             */
            company_count: number;
        };
        /** @description A sentence that stands. */
        StatementDto: {
            text: string;
            /** @description Never empty. */
            cites: components["schemas"]["CitationDto"][];
        };
        /**
         * @description The part of a report.
         * @enum {string}
         */
        StatementPart: "income" | "balance" | "other";
        /** @description Statistics of one field in the selection; dates as days since 1970-01-01. */
        StatsDto: {
            /**
             * Format: int64
             * @description Companies with a value.
             */
            count: number;
            /**
             * Format: int64
             * @description Companies without one.
             */
            nulls: number;
            /**
             * Format: double
             * @description Least value.
             */
            min?: number | null;
            /**
             * Format: double
             * @description Greatest value.
             */
            max?: number | null;
            /**
             * Format: double
             * @description Arithmetic mean.
             */
            mean?: number | null;
            /**
             * Format: double
             * @description Middle value (the lower of two).
             */
            median?: number | null;
            /** @description Asked percentiles: the least value that so many of the values do not exceed. */
            percentiles: components["schemas"]["PercentileDto"][];
        };
        /** @description Body of `POST /api/universe/stats`. */
        StatsRequest: {
            /** @description Fields with numbers or dates; none when left out. */
            fields?: string[] | null;
            /** @description Shares 0–1; 0.1, 0.25, 0.5, 0.75 and 0.9 when left out. */
            percentiles?: number[] | null;
            /** @description Flat conditions, joined by `logic`. */
            filters?: components["schemas"]["FlatConditionDto"][] | null;
            /**
             * @description How `filters` are joined: `and` (default) or `or`.
             * @example and
             */
            logic?: string | null;
            filter?: components["schemas"]["FilterTree"] | null;
            /** @description The filter language, e.g. `revenue >= 50m and ebitda_margin >= 10%`. */
            text?: string | null;
            /** @description Free text: every word in name, activity or industry, one typo per five letters; an organisation number finds that company. */
            q?: string | null;
            /** @description Which figures; `company` (default) is the only one that is screened. */
            scope?: string | null;
            /**
             * @description Whether companies on the exclusion list are wanted too; they are left out unless this is true or the filter itself asks
             *     about `excluded`.
             */
            include_excluded?: boolean | null;
        };
        /** @description Answer of `POST /api/universe/stats`. */
        StatsResponse: {
            /**
             * Format: int64
             * @description Companies in the selection.
             */
            total: number;
            /** @description Version of the data that answered. */
            data_version: string;
            /** @description Per asked field. */
            fields: {
                [key: string]: components["schemas"]["StatsDto"];
            };
        };
        /** @description Answer of `/api/status`. */
        Status: {
            /** @description `ok`, or `degraded` when a part does not answer, or the index differs from Postgres or was not compared with it. */
            status: string;
            /** @description Version of the program. */
            version: string;
            /** @description Commit that it was built from; null in a development build. */
            commit?: string | null;
            /** @description Always `postgres`. */
            db_source: string;
            /** @description Whether Postgres answers. */
            db_ok: boolean;
            /** @description Which tables are there. */
            tables_ok: {
                [key: string]: boolean;
            };
            /** @description Rows per table. */
            counts: {
                [key: string]: number;
            };
            /** @description The queue's server. */
            redis: components["schemas"]["RedisStatus"];
            /** @description The screening index of this process. */
            index: components["schemas"]["IndexStatus"];
            /** @description How fresh the data is. */
            data: components["schemas"]["DataStatus"];
            /**
             * Format: int64
             * @description Seconds since the process was wired.
             */
            uptime_seconds: number;
        };
        /** @description Where a run stands. */
        StatusDto: components["schemas"]["RunDto"] & {
            /** Format: uuid */
            run_id: string;
            /** @description Why parts failed, most frequent first. */
            failures: components["schemas"]["FailureDto"][];
        };
        /** @description A stay in a stage. */
        StayDto: {
            /** @description Key of the stage. */
            stage: string;
            /** Format: date-time */
            entered_at: string;
            /**
             * Format: date-time
             * @description Null while it lasts.
             */
            left_at?: string | null;
            /**
             * Format: int64
             * @description How long, in seconds.
             */
            seconds: number;
            moved_by_name?: string | null;
            pass_reason?: string | null;
            pass_note?: string | null;
        };
        /** @description One table. */
        TableView: {
            /** @description Name. */
            name: string;
            /**
             * Format: int64
             * @description Rows, as the server estimates them; null before its first count.
             */
            rows?: number | null;
            /**
             * Format: int64
             * @description Size on disk with indexes.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Rows that are gone but not cleaned up yet.
             */
            dead_rows: number;
        };
        /** @description What a template says: dimensions with weights, each measured by fields of the catalogue. */
        TemplateBodyDto: {
            /** @description 1 to 20, with weights whose sum is above 0. */
            dimensions: components["schemas"]["TemplateDimensionDto"][];
            questions?: components["schemas"]["TemplateQuestionsDto"] | null;
            auto_approval?: components["schemas"]["AutoApprovalDto"] | null;
        };
        /** @description One side of the fit. */
        TemplateDimensionDto: {
            /** @description Stable name within the template: 1 to 40 small letters, digits and `_`. */
            key: string;
            /** @description What people read; the key where there is none. */
            label?: string | null;
            /**
             * Format: double
             * @description Share of the total relative to the other weights, 0 to 1000.
             */
            weight: number;
            /** @description 1 to 20. */
            measures: components["schemas"]["TemplateMeasureDto"][];
        };
        /** @description A way to score companies. */
        TemplateDto: {
            /**
             * Format: uuid
             * @description Null for one that comes with the program.
             */
            id?: string | null;
            /** @description Name of a template that comes with the program and asks a model; null for others. */
            key?: string | null;
            description?: components["schemas"]["BilingualLabel"] | null;
            /** Format: int32 */
            version: number;
            /**
             * Format: int32
             * @description The version that it has come to; the same where this is the newest one.
             */
            newest_version: number;
            name: string;
            template: components["schemas"]["TemplateBodyDto"];
            /** Format: date-time */
            made_at?: string | null;
            /**
             * Format: date-time
             * @description When it was deleted; only one that is asked for by its id can be.
             */
            deleted_at?: string | null;
        };
        /** @description A field and the straight line that turns its value into 0 to 1. */
        TemplateMeasureDto: {
            /** @description Key of a field of the catalogue that holds a number. */
            field: string;
            /**
             * Format: double
             * @description Value, in the field's unit, that counts 0.
             */
            worst: number;
            /**
             * Format: double
             * @description Value that counts 1; below `worst` where less is better.
             */
            best: number;
        };
        /** @description What a model is asked. */
        TemplateQuestionsDto: {
            /** @description What sentences are asked for, of `GET /api/analysis/vocabulary`. */
            sections: string[];
            /** @description Whether levers are asked for. */
            levers?: boolean;
            /** @description Whether the fit of each dimension is asked for. */
            fit?: boolean;
            /** @description Whether open questions are asked for. */
            open_questions?: boolean;
            /** @description The question in own words; `{company}`, `{orgnr}`, `{language}` and the template's own variables are filled in. */
            instructions?: string;
            /** @description Variables of the template: name → text. */
            variables?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Tokens of the answer at most, 200 to 16000.
             */
            max_output_tokens: number;
        };
        /** @description A template that somebody wrote. */
        TemplateRequest: {
            /** @description 1 to 200 characters. */
            name: string;
            template: components["schemas"]["TemplateBodyDto"];
            /**
             * Format: int32
             * @description The version that a change was made from; one that was changed meanwhile is refused with 409.
             */
            version?: number | null;
        };
        /** @description Templates, the built-in one first. */
        TemplatesDto: {
            items: components["schemas"]["TemplateDto"][];
            /** @description Those that ask a model and come with the program, by their `key`. */
            shipped: components["schemas"]["TemplateDto"][];
        };
        /** @description What the app and this installation share, shown once. */
        TotpSecret: {
            /** @description `otpauth://…` as an SVG picture, for the camera. */
            qr_code: string;
            /** @description The secret in base32, to be typed. */
            secret: string;
            /** @description `otpauth://totp/…` */
            uri: string;
        };
        /** @description How an analysis came about. */
        TraceDto: {
            /** @description The dossier of the last call; null where no model was asked. */
            dossier?: Record<string, unknown> | null;
            /** @description Every call, in order. */
            calls: components["schemas"]["ModelCallDto"][];
            /**
             * Format: double
             * @description What the calls cost together.
             */
            cost: number;
            currency: string;
            result?: components["schemas"]["AnalysisResultDto"] | null;
        };
        /** @description Which change is taken back. */
        UndoRequest: {
            /**
             * Format: int32
             * @description The version that the person has seen.
             */
            version: number;
            /**
             * Format: int32
             * @description The version whose change is taken back, with all that came after it.
             */
            undone: number;
        };
        /** @description What taking back did. */
        UndoneDto: {
            /** @description Companies that went out or came back; those that others changed meanwhile stay as they made them. */
            changed: number;
        };
        /** @description One figure that was not used. */
        UnusedFigureView: {
            /** @description Concept of the taxonomy. */
            concept: string;
            /** @description Key of the line that it could have been. */
            line: string;
            /** @description Id of the context in the document. */
            context: string;
            context_period?: components["schemas"]["ContextDays"] | null;
            /** @description The text between the tags; empty where it was not read. */
            as_filed: string;
        };
        /** @description The figures of a filing that were not used for one reason. */
        UnusedFiguresView: {
            /**
             * @description no_year, opening_balance, part_of_company, other_target, in_tuple, fraction, unknown_transformation, not_a_number,
             *     other_currency, other_unit or too_large.
             */
            reason: string;
            /** @description What the reason is about: a day, two days, a transformation, a unit, a target; may be empty. */
            detail: string;
            /**
             * Format: int32
             * @description How many.
             */
            count: number;
            /** @description All of it in a sentence. */
            sentence: string;
            /** @description The first of them. */
            figures: components["schemas"]["UnusedFigureView"][];
        };
        /** @description A sentence that does not stand. */
        UnverifiedDto: {
            /** @description A section, `lever`, `fit` or `open_question`. */
            part: string;
            text: string;
            /** @description `contradicted` or `not_found`. */
            verdict: string;
            cited: string[];
            reasons: string[];
        };
        /** @description Something that could be done. */
        UpliftOpDto: {
            /** @description Stable name of what the rules saw, e.g. `raise_margin`; of a model's the lever. */
            code: string;
            /** @description The lever that it pulls, a key of `GET /api/analysis/vocabulary`. */
            lever: string;
            /** @description What is to be done. */
            name: string;
            /** @description `low`, `medium` or `high`. */
            impact: string;
            /** @description `low`, `medium` or `high`. */
            effort: string;
            /** @description `{low, high, kind}` in whole SEK, `kind` being `result_per_year` or `cash`; null where no figure tells. */
            amount?: Record<string, unknown> | null;
        };
        /** @description A form with files. */
        UploadForm: {
            /** @description The files; archives may hold many. */
            file: number[][];
            /** @description How the columns of a table are called. */
            mapping?: number[] | null;
        };
        /** @description Facts that a person writes about themselves. */
        UserData: {
            /**
             * @description The name that colleagues see, 1 to 100 characters.
             * @default null
             */
            display_name?: string | null;
        };
        /** @description What is to change of a person. */
        UserPatch: {
            /** @description New role; a Supabase project decides on its people's. */
            role?: string | null;
            /** @description The name that colleagues see, 1 to 100 characters. */
            display_name?: string | null;
            /** @description Whether they are kept out; their sessions end at once, their tokens rest. */
            disabled?: boolean | null;
        };
        /** @description What is to change. */
        UserUpdate: {
            /**
             * @description The new password.
             * @default null
             */
            password?: string | null;
            /**
             * @description The present one; not needed within an hour after following a link.
             * @default null
             */
            current_password?: string | null;
            /**
             * @description Addresses are changed by administrators only.
             * @default null
             */
            email?: string | null;
            /** @default null */
            data?: components["schemas"]["UserData"] | null;
        };
        /** @description What stands now. */
        VerdictDto: {
            verdict?: string | null;
        };
        /** @description What somebody decided about an analysis. */
        VerdictRequest: {
            /** @description `approved`, `rejected`, or null to take it back. */
            verdict?: string | null;
        };
        /** @description A one-time link's secret. */
        VerifyRequest: {
            /**
             * @description `invite` or `recovery`.
             * @default
             */
            type?: string;
            /** @default  */
            token_hash?: string;
            /**
             * @description Another name of the same.
             * @default
             */
            token?: string;
        };
        /** @description A saved view. */
        ViewDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description `private` or `team`. */
            scope: string;
            /** @description Whether the asking person made it. */
            is_own: boolean;
            owner_name: string;
            filter: components["schemas"]["FilterTree"];
            columns: unknown;
            sort: unknown;
            /** @description The free text of the screen. */
            q?: string | null;
            interface?: components["schemas"]["ViewInterface"] | null;
            unit?: string | null;
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description What the web app keeps of the address of a screen, so that opening the view shows the same. */
        ViewInterface: {
            /** @description The filter as text, as it was written. */
            f?: string | null;
            /** @description The sort keys. */
            sort?: string | null;
            /** @description The columns. */
            cols?: string | null;
            /** @description The fields whose distribution is shown. */
            dist?: string | null;
        };
        /** @description What a person writes of a view. Names in camelCase are understood too. */
        ViewRequest: {
            /** @description 1 to 200 characters. */
            name: string;
            /** @description `private` (default) or `team`. */
            scope?: string | null;
            /** @description The filter tree; or, as `filtersJson`, the groups of a query builder: `{"include": {"type", "rules"}, "exclude": {…}}`. */
            filter?: Record<string, unknown> | null;
            /** @description Columns in order, as the web app keeps them. */
            columns?: unknown;
            /** @description The free text of the screen, as `q` of `/api/universe/query`. */
            q?: string | null;
            interface?: components["schemas"]["ViewInterface"] | null;
            /** @description Sort keys in order. */
            sort?: unknown;
            /** @description `kr`, `tkr` or `mkr`. */
            unit?: string | null;
            /**
             * Format: int32
             * @description Version that the change was made from; a view changed meanwhile is refused with 409.
             */
            version?: number | null;
        };
        /** @description Views by name. */
        ViewsDto: {
            items: components["schemas"]["ViewDto"][];
            count: number;
        };
        /** @description The fixed words of an analysis. */
        VocabularyDto: {
            sections: components["schemas"]["WordDto"][];
            levers: components["schemas"]["WordDto"][];
            /** @description Impact and effort of a lever. */
            degrees: components["schemas"]["WordDto"][];
            recommendations: components["schemas"]["WordDto"][];
        };
        /** @description Something that was noticed and gone past. */
        Warning: {
            /** @description File and archive entry. */
            file: string;
            /**
             * Format: int64
             * @description Row or entry number within the file, from 1.
             */
            item: number;
            /** @description One sentence. */
            text: string;
        };
        /** @description How somebody wants to be told. */
        WatchRequest: {
            /** @description `import` (default) or `daily`. */
            rhythm?: string | null;
            /** @description An email too. */
            by_email?: boolean;
            /**
             * Format: uuid
             * @description A webhook to call too.
             */
            webhook_id?: string | null;
            /** @description False pauses it. */
            is_active?: boolean | null;
        };
        /** @description A call. */
        WebhookCallDto: {
            /**
             * Format: uuid
             * @description `webhook-id` of the call.
             */
            id: string;
            event: string;
            /** @description `waiting`, `delivered` or `failed`. */
            state: string;
            /** Format: int32 */
            attempts: number;
            /**
             * Format: int32
             * @description What the other side answered last.
             */
            status?: number | null;
            error?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            attempted_at?: string | null;
        };
        /** @description Calls, newest first. */
        WebhookCallsDto: {
            items: components["schemas"]["WebhookCallDto"][];
        };
        /** @description A webhook that a monitor may call. */
        WebhookChoiceDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @description A webhook without its secret. */
        WebhookDto: {
            /** Format: uuid */
            id: string;
            name: string;
            url: string;
            is_active: boolean;
            created_by_name?: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: int64
             * @description Watched screens that call it.
             */
            monitor_count: number;
            /**
             * Format: int64
             * @description Calls that failed permanently in the last seven days.
             */
            failed_count: number;
        };
        /** @description What somebody writes of a webhook. */
        WebhookRequest: {
            /** @description 1 to 200 characters. */
            name: string;
            /** @description `https://…` */
            url: string;
            /** @description False: it is not called. */
            is_active?: boolean | null;
        };
        /** @description A secret, shown this once. */
        WebhookSecretDto: {
            /** Format: uuid */
            id: string;
            /** @description `whsec_…`; verifies the signature of every call. */
            secret: string;
        };
        /** @description How a trial call went. */
        WebhookTestDto: {
            is_delivered: boolean;
            /**
             * Format: int32
             * @description What the other side answered.
             */
            status?: number | null;
            error?: string | null;
        };
        /** @description Webhooks by name. */
        WebhooksDto: {
            items: components["schemas"]["WebhookDto"][];
        };
        /** @description A word with what people read. */
        WordDto: {
            key: string;
            label: components["schemas"]["BilingualLabel"];
        };
        /** @description A sentence in both languages of the web app. */
        WordsView: {
            /** @description English. */
            en: string;
            /** @description Swedish. */
            sv: string;
        };
        /** @description The table of a workbook. */
        WorkbookText: {
            /** @description Name of the sheet that was read: the first visible one that holds anything. */
            sheet: string;
            /** @description A line per row of the sheet, cells parted by semicolons. */
            text: string;
        };
        /** @description A process that runs jobs. */
        WorkerDto: {
            /**
             * Format: uuid
             * @description Identity.
             */
            id: string;
            /** @description Host and process. */
            name: string;
            /** @description Version of the program. */
            version: string;
            /** @description Queues it works on. */
            queues: string[];
            /**
             * Format: int32
             * @description Jobs it runs at once.
             */
            concurrency: number;
            /**
             * Format: int32
             * @description Jobs it runs.
             */
            running: number;
            /** @description `redis` or `postgres`: where it learns of jobs. */
            dispatch: string;
            /** @description Whether it finishes what it has and takes nothing new. */
            is_stopping: boolean;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at: string;
            /**
             * Format: date-time
             * @description When it last gave a sign.
             */
            seen_at: string;
        };
        /** @description One calendar year. */
        YearCoverage: {
            /**
             * Format: int32
             * @description Year of the period's end.
             */
            year: number;
            /**
             * Format: int64
             * @description Companies with a statement.
             */
            companies: number;
            /**
             * Format: int64
             * @description Of these, companies with a period that breaks an identity.
             */
            suspect: number;
        };
    };
    responses: {
        /** @description The request cannot be read: a broken body, form or header */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller may not do this, or a page of a foreign origin asked */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server's disk is full; nothing was changed */
        InsufficientStorage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A parameter or a part of the body is wrong; `errors` names the places */
        InvalidInput: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description What the path names does not exist, or the caller may not see it */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than this operation takes */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The answer took too long and was given up */
        TimedOut: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests; Retry-After holds the seconds to wait */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No token, or one that is not valid any more */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database does not answer, or too much is being asked at once; Retry-After holds the seconds to wait */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is of another media type than the one described */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The address is longer than 16 kB */
        UriTooLong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
