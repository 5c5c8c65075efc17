// Longer than 500 lines because it is generated from openapi-scraper.json by `npm run api`. Do not edit.

export interface paths {
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
    "/scraper/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those in this state. */
                    state?: string;
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
                        "application/json": components["schemas"]["ScraperSessionList"];
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
        /** Makes a session, and starts it where that is asked for. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSession"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One session. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session permanently; what was taken over stays taken over. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session as it goes on: an event `session` with each change, until it rests. */
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
    "/scraper/api/sessions/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a session fetches. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those in this state. */
                    state?: string;
                    /** @description How many at most, 1 to 500; 50 when not given. */
                    limit?: number;
                    /** @description How many to leave out first. */
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
                        "application/json": components["schemas"]["ScraperItemList"];
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
    "/scraper/api/sessions/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pauses; what is under way is left, and what was fetched stays. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes what is valid or suspect over into the main tables. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on where it was paused or failed. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries the failed items again. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}/staged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a session has fetched. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those in this state. */
                    state?: string;
                    /** @description How many at most, 1 to 500; 50 when not given. */
                    limit?: number;
                    /** @description How many to leave out first. */
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
                        "application/json": components["schemas"]["StagedList"];
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
    "/scraper/api/sessions/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts fetching. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sessions/{id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Validates what was fetched. */
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
                        "application/json": components["schemas"]["ScraperSession"];
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
    "/scraper/api/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be fetched from here. */
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
                        "application/json": components["schemas"]["ScraperSources"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Answer of `/health`. */
        Health: {
            /** @description Always `ok`. */
            status: string;
            /** @description Version of the program. */
            version: string;
            /** @description Commit that it was built from; null in a development build. */
            commit?: string | null;
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
        /** @description A new session. */
        NewSession: {
            /** @description One of the sources. */
            source: string;
            /** @description What to fetch. */
            options: components["schemas"]["Options"];
            /** @description Whether it starts at once; false when not given. */
            start?: boolean;
        };
        /** @description What to fetch; the fields that the source does not use must be left out. */
        Options: {
            /**
             * @description `bolagsverket_api`: organisation numbers.
             * @default []
             */
            orgnrs?: string[];
            /**
             * @description `bolagsverket_api`: whether annual reports are downloaded too; true when not given.
             * @default null
             */
            documents?: boolean | null;
            /**
             * @description `bulk_files`: `bolagsverket`, `scb` or both.
             * @default []
             */
            files?: string[];
            /**
             * @description `annual_reports`: first week of filing, as `2024-01`.
             * @default null
             */
            from_week?: string | null;
            /**
             * @description `annual_reports`: last week of filing, as `2024-05`.
             * @default null
             */
            to_week?: string | null;
            /**
             * @description `websites`: which.
             * @default []
             */
            sites?: components["schemas"]["WebsiteOption"][];
            /**
             * @description `websites`: most pages of each, 1 to 20; 6 when not given.
             * @default null
             */
            max_pages?: number | null;
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
        /** @description One thing to fetch. */
        ScraperItem: {
            /** Format: int64 */
            id: number;
            /** @description Organisation number, address or file name. */
            key: string;
            /** @description `waiting`, `done` or `failed`. */
            state: string;
            /**
             * Format: int32
             * @description Tries in vain.
             */
            attempts: number;
            /** @description Why it failed or waits, or what was remarkable. */
            reason?: string | null;
            /**
             * Format: date-time
             * @description When it is tried, while it waits.
             */
            due_at: string;
            /** Format: date-time */
            finished_at?: string | null;
        };
        /** @description A page of items. */
        ScraperItemList: {
            /** @description In the order of fetching. */
            items: components["schemas"]["ScraperItem"][];
            /** Format: int64 */
            total: number;
        };
        /** @description A session and how far it is. */
        ScraperSession: {
            /** Format: uuid */
            id: string;
            source: string;
            options: components["schemas"]["Options"];
            /** @description `fetch`, `validate` or `promote`: what runs or ran last. */
            phase: string;
            /** @description `created`, `running`, `paused`, `done`, `failed` or `cancelled`. */
            state: string;
            /** @description Whether every item is known; until then counts of items grow. */
            is_planned: boolean;
            /** @description Why the last phase failed. */
            error?: string | null;
            /** @description Items by state: `waiting`, `done`, `failed`. */
            items: {
                [key: string]: number;
            };
            /** @description Staged data by state: `staged`, `valid`, `suspect`, `rejected`, `duplicate`, `promoted`. */
            staged: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Requests sent.
             */
            requests: number;
            /**
             * Format: int64
             * @description Bytes received.
             */
            bytes: number;
            /**
             * Format: int32
             * @description How many times it was taken up after a process had died.
             */
            resumed: number;
            /** @description What can be done now: `start`, `pause`, `resume`, `cancel`, `retry`, `validate`, `promote`. */
            actions: string[];
            /** Format: uuid */
            created_by?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at?: string | null;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            finished_at?: string | null;
        };
        /** @description A page of sessions. */
        ScraperSessionList: {
            /** @description Newest first. */
            items: components["schemas"]["ScraperSession"][];
            /** Format: int64 */
            total: number;
        };
        /** @description A source that the service can fetch from. */
        ScraperSource: {
            /** @description `bolagsverket_api`, `bulk_files`, `annual_reports` or `websites`. */
            name: string;
            /** @description Whether it can be used as the service is set up. */
            is_ready: boolean;
            /** @description What is missing, where something is. */
            missing?: string | null;
            /**
             * Format: int32
             * @description Requests a minute that the source allows, where it limits them.
             */
            requests_per_minute?: number | null;
        };
        /** @description The sources. */
        ScraperSources: {
            /** @description In a fixed order. */
            items: components["schemas"]["ScraperSource"][];
        };
        /** @description Something that was fetched. */
        StagedItem: {
            /** Format: int64 */
            id: number;
            /** @description `organisation`, `package`, `register`, `scb`, `archive` or `page`. */
            kind: string;
            /** @description What it is called at its source. */
            key: string;
            /** @description Company it was fetched for. */
            orgnr?: string | null;
            file_name: string;
            sha256: string;
            /** Format: int64 */
            bytes: number;
            /** @description What is known of it; its fields depend on the kind. */
            detail: Record<string, unknown>;
            /** @description `staged`, `valid`, `suspect`, `rejected`, `duplicate` or `promoted`. */
            state: string;
            /** @description What validation found. */
            problems: string[];
            /** Format: date-time */
            staged_at: string;
            /** Format: date-time */
            validated_at?: string | null;
            /** Format: date-time */
            promoted_at?: string | null;
        };
        /** @description A page of staged data. */
        StagedList: {
            /** @description In the order of fetching. */
            items: components["schemas"]["StagedItem"][];
            /** Format: int64 */
            total: number;
        };
        /** @description One company's website. */
        WebsiteOption: {
            /** @description Organisation number. */
            orgnr: string;
            /** @description Its homepage; `https://` is taken where no scheme is written. */
            url: string;
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
