-- Messages whose sender still waits for an answer. Never a body.
CREATE TABLE open_work (
    entry_number BIGINT PRIMARY KEY,
    direction    VARCHAR(16)   NOT NULL,
    from_address VARCHAR(4096) NOT NULL,
    to_address   VARCHAR(4096) NOT NULL,
    work_id      VARCHAR(4096) NOT NULL,
    lang         VARCHAR(64)   NOT NULL
);
