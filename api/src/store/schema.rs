//! The tables as diesel sees them: the same names and types on both databases.
//!
//! The truth is in `migrations/`; a test of the outer ring reads both real schemas and holds them
//! against the rules (keys led by `org_id`, no nullable column in a unique key).

#![allow(missing_docs, reason = "the columns are explained in migrations/README.md")]

diesel::table! {
    organisation (org_id) {
        org_id -> Integer,
        slug -> Text,
        route -> Text,
        name -> Text,
        contact_email -> Text,
        reply_to -> Text,
        privacy_text -> Text,
        privacy_url -> Text,
        retention_months -> Integer,
        accent -> Text,
        zone -> Text,
        correction_hours -> Integer,
        revision -> Integer,
        created_at -> BigInt,
    }
}

diesel::table! {
    log_position (org_id) {
        org_id -> Integer,
        last_position -> BigInt,
    }
}

diesel::table! {
    api_key (org_id, key_id) {
        org_id -> Integer,
        key_id -> Text,
        role -> SmallInt,
        grants -> Text,
        test -> Bool,
        secret_hash -> Binary,
        created_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotency (org_id, key_id, idempotency_key) {
        org_id -> Integer,
        key_id -> Text,
        idempotency_key -> Text,
        fingerprint -> Binary,
        status -> SmallInt,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    place (org_id, place_id) {
        org_id -> Integer,
        place_id -> Integer,
        place_key -> Text,
    }
}

diesel::table! {
    customer (org_id, customer_id) {
        org_id -> Integer,
        customer_id -> Binary,
        match_hash -> Binary,
        email -> Text,
        phone -> Text,
        name -> Text,
        external_id -> Text,
        language -> Text,
        customer_group -> SmallInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    purchase_order (org_id, order_id) {
        org_id -> Integer,
        order_id -> Binary,
        test -> Bool,
        order_number -> Text,
        customer_id -> Binary,
        channel -> SmallInt,
        contact_channel -> SmallInt,
        place_id -> Integer,
        language -> Text,
        placed_at -> BigInt,
        expected_delivery_at -> Nullable<BigInt>,
        value_minor -> Nullable<BigInt>,
        currency -> Text,
        attributes -> Text,
        basis_kind -> SmallInt,
        basis_text -> Text,
        notice_at -> Nullable<BigInt>,
        shipped_at -> Nullable<BigInt>,
        delivered_at -> Nullable<BigInt>,
        cancelled_at -> Nullable<BigInt>,
        returned_at -> Nullable<BigInt>,
        complaint_open -> Bool,
        fingerprint -> Binary,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    order_event (org_id, event_id) {
        org_id -> Integer,
        event_id -> Binary,
        test -> Bool,
        order_number -> Text,
        kind -> SmallInt,
        channel -> SmallInt,
        happened_at -> BigInt,
        received_at -> BigInt,
    }
}

diesel::table! {
    instrument_version (org_id, instrument_key, version) {
        org_id -> Integer,
        instrument_key -> Text,
        version -> Integer,
        source -> Text,
        source_hash -> Binary,
        published_at -> BigInt,
    }
}

diesel::table! {
    survey (org_id, survey_id) {
        org_id -> Integer,
        survey_id -> Integer,
        survey_key -> Text,
        instrument_key -> Text,
        instrument_version -> Integer,
        length -> SmallInt,
        event -> SmallInt,
        delay_s -> BigInt,
        quiet -> Text,
        languages -> Text,
        valid_days -> Integer,
        state -> SmallInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    form_balance (org_id, survey_id, form) {
        org_id -> Integer,
        survey_id -> Integer,
        form -> SmallInt,
        invited -> BigInt,
    }
}

diesel::table! {
    invitation (org_id, invitation_id) {
        org_id -> Integer,
        invitation_id -> Binary,
        survey_id -> Integer,
        order_id -> Binary,
        customer_id -> Binary,
        form -> SmallInt,
        length -> SmallInt,
        language -> Text,
        state -> SmallInt,
        reason -> SmallInt,
        send_at -> Nullable<BigInt>,
        sent_at -> Nullable<BigInt>,
        started_at -> Nullable<BigInt>,
        answered_at -> Nullable<BigInt>,
        expires_at -> Nullable<BigInt>,
        token_hash -> Binary,
        link_key_id -> Text,
        test -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    saved_page (org_id, invitation_id, page, revision) {
        org_id -> Integer,
        invitation_id -> Binary,
        page -> SmallInt,
        revision -> SmallInt,
        passed -> Bool,
        language -> Text,
        answers -> Binary,
        comment -> Text,
        saved_at -> BigInt,
    }
}

diesel::table! {
    response (org_id, survey_id, log_position) {
        org_id -> Integer,
        survey_id -> Integer,
        log_position -> BigInt,
        response_id -> Binary,
        revision -> SmallInt,
        form -> SmallInt,
        length -> SmallInt,
        language -> Text,
        channel -> SmallInt,
        contact_channel -> SmallInt,
        place_id -> Integer,
        segment_1 -> SmallInt,
        segment_2 -> SmallInt,
        service_day -> Integer,
        collection_mode -> SmallInt,
        customer_group -> SmallInt,
        first_of_year -> Bool,
        finished -> Bool,
        test -> Bool,
        quality_flag -> SmallInt,
        answers -> Binary,
        answered_at -> BigInt,
    }
}

diesel::table! {
    comment (org_id, response_id, revision) {
        org_id -> Integer,
        response_id -> Binary,
        revision -> SmallInt,
        language -> Text,
        words -> Text,
    }
}

diesel::table! {
    segment (org_id, survey_id, number) {
        org_id -> Integer,
        survey_id -> Integer,
        number -> SmallInt,
        name -> Text,
    }
}

diesel::table! {
    segment_level (org_id, survey_id, number, level) {
        org_id -> Integer,
        survey_id -> Integer,
        number -> SmallInt,
        level -> SmallInt,
        name -> Text,
    }
}

diesel::table! {
    fold_mark (org_id, survey_id) {
        org_id -> Integer,
        survey_id -> Integer,
        folded_to -> BigInt,
        revision -> BigInt,
    }
}

diesel::table! {
    cell (org_id, survey_id, part, split, period, starts_on, level) {
        org_id -> Integer,
        survey_id -> Integer,
        part -> SmallInt,
        split -> SmallInt,
        level -> Text,
        period -> SmallInt,
        starts_on -> Integer,
        counts -> Binary,
    }
}

diesel::table! {
    frame_mark (org_id, survey_id) {
        org_id -> Integer,
        survey_id -> Integer,
        zone -> Text,
        revision -> BigInt,
    }
}

diesel::table! {
    frame (org_id, survey_id, period, starts_on) {
        org_id -> Integer,
        survey_id -> Integer,
        period -> SmallInt,
        starts_on -> Integer,
        counts -> Binary,
    }
}

diesel::table! {
    frame_change (org_id, survey_id, change_id) {
        org_id -> Integer,
        survey_id -> Integer,
        change_id -> BigInt,
        service_at -> BigInt,
        channel -> SmallInt,
        place_id -> Integer,
        contact_channel -> SmallInt,
        was -> SmallInt,
        became -> SmallInt,
    }
}

diesel::table! {
    job (org_id, job_id) {
        org_id -> Integer,
        job_id -> Binary,
        kind -> SmallInt,
        subject_id -> Binary,
        state -> SmallInt,
        due_at -> BigInt,
        lease_until -> BigInt,
        attempts -> Integer,
        last_error -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    erasure (org_id, log_position) {
        org_id -> Integer,
        log_position -> BigInt,
        erased_at -> BigInt,
        customers -> Integer,
        orders -> Integer,
        invitations -> Integer,
        responses -> Integer,
    }
}

diesel::table! {
    erased_entry (org_id, survey_id, log_position) {
        org_id -> Integer,
        survey_id -> Integer,
        log_position -> BigInt,
        corrects_position -> BigInt,
        erased_position -> BigInt,
        language -> Text,
        channel -> SmallInt,
        contact_channel -> SmallInt,
        place_id -> Integer,
        segment_1 -> SmallInt,
        segment_2 -> SmallInt,
        starts_on -> Integer,
        first_of_year -> Bool,
        test -> Bool,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    organisation,
    log_position,
    api_key,
    idempotency,
    place,
    customer,
    purchase_order,
    order_event,
    instrument_version,
    survey,
    form_balance,
    invitation,
    saved_page,
    response,
    comment,
    segment,
    segment_level,
    fold_mark,
    cell,
    frame_mark,
    frame,
    frame_change,
    job,
    erasure,
    erased_entry,
);
