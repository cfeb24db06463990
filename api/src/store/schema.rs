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
        recovery_below -> SmallInt,
        recovery_link -> Text,
        cap_mails -> SmallInt,
        cap_days -> SmallInt,
        resend -> SmallInt,
        paused_at -> Nullable<BigInt>,
        pause_reason -> Text,
        held_at -> Nullable<BigInt>,
        gateway_url -> Text,
        gateway_rotation -> Integer,
        gateway_link_key_id -> Text,
        counted_since -> Nullable<BigInt>,
        public_survey_id -> Integer,
        second_step_rule -> SmallInt,
    }
}

diesel::table! {
    organisation_words (org_id, kind, language) {
        org_id -> Integer,
        kind -> SmallInt,
        language -> Text,
        words -> Text,
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
        zone -> Text,
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
        complaint_closed_at -> Nullable<BigInt>,
        quiet -> Bool,
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
        paging -> SmallInt,
        full_share -> SmallInt,
        expectation_id -> Integer,
        modules -> Text,
        first_in_mail -> Bool,
        collection -> SmallInt,
        sample_share -> SmallInt,
        active_from -> Nullable<BigInt>,
        places -> Text,
        priority -> SmallInt,
        reminders -> SmallInt,
        reminder_after_s -> BigInt,
        carriers -> Text,
        target_tenths -> Integer,
    }
}

diesel::table! {
    form_balance (org_id, survey_id, channel, place_id, form) {
        org_id -> Integer,
        survey_id -> Integer,
        channel -> SmallInt,
        place_id -> Integer,
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
        module -> SmallInt,
        looks_back -> Bool,
        carrier -> SmallInt,
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
        marks -> SmallInt,
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
        paging -> SmallInt,
        item_order -> SmallInt,
        marks -> SmallInt,
        pace -> Binary,
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

diesel::table! {
    open_link (org_id, link_id) {
        org_id -> Integer,
        link_id -> Binary,
        survey_id -> Integer,
        place_id -> Integer,
        channel -> SmallInt,
        label -> Text,
        token_hash -> Binary,
        link_key_id -> Text,
        created_at -> BigInt,
        closed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    slip (org_id, code_hash) {
        org_id -> Integer,
        code_hash -> Binary,
        invitation_id -> Binary,
    }
}

diesel::table! {
    outbox (org_id, invitation_id, occasion) {
        org_id -> Integer,
        invitation_id -> Binary,
        occasion -> SmallInt,
        customer_id -> Binary,
        state -> SmallInt,
        attempts -> Integer,
        doubts -> SmallInt,
        began_at -> Nullable<BigInt>,
        sent_at -> Nullable<BigInt>,
        last_error -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    delivery_note (org_id, invitation_id, note_id) {
        org_id -> Integer,
        invitation_id -> Binary,
        note_id -> Binary,
        event -> SmallInt,
        reason -> SmallInt,
        occasion -> SmallInt,
        send_at -> Nullable<BigInt>,
        words -> Text,
        noted_at -> BigInt,
    }
}

diesel::table! {
    suppression (org_id, address_hash) {
        org_id -> Integer,
        address_hash -> Binary,
        cause -> SmallInt,
        suppressed_at -> BigInt,
    }
}

diesel::table! {
    webhook (org_id, webhook_id) {
        org_id -> Integer,
        webhook_id -> Binary,
        url -> Text,
        events -> Text,
        test -> Bool,
        state -> SmallInt,
        reason -> SmallInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    webhook_secret (org_id, webhook_id, rotation) {
        org_id -> Integer,
        webhook_id -> Binary,
        rotation -> Integer,
        link_key_id -> Text,
        created_at -> BigInt,
        retires_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    webhook_turn (org_id, webhook_id) {
        org_id -> Integer,
        webhook_id -> Binary,
        held_until -> BigInt,
        failures -> Integer,
    }
}

diesel::table! {
    webhook_message (org_id, message_id) {
        org_id -> Integer,
        message_id -> Binary,
        kind -> SmallInt,
        subject_id -> Binary,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    webhook_delivery (org_id, webhook_id, message_id) {
        org_id -> Integer,
        webhook_id -> Binary,
        message_id -> Binary,
        state -> SmallInt,
        attempts -> Integer,
        tries -> Integer,
        next_at -> BigInt,
    }
}

diesel::table! {
    webhook_attempt (org_id, webhook_id, message_id, number) {
        org_id -> Integer,
        webhook_id -> Binary,
        message_id -> Binary,
        number -> Integer,
        tried_at -> BigInt,
        status -> SmallInt,
        error -> Text,
        took_ms -> Integer,
    }
}

diesel::table! {
    shop_hook (org_id, hook_id) {
        org_id -> Integer,
        hook_id -> Binary,
        kind -> SmallInt,
        test -> Bool,
        channel -> SmallInt,
        place_id -> Integer,
        basis_kind -> SmallInt,
        basis_text -> Text,
        link_key_id -> Text,
        salt -> Binary,
        sealed -> Binary,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
        seen_at -> Nullable<BigInt>,
        problem_at -> Nullable<BigInt>,
        problem -> Text,
    }
}

diesel::table! {
    hook_delivery (org_id, hook_id, delivery_id) {
        org_id -> Integer,
        hook_id -> Binary,
        delivery_id -> Text,
        topic -> Text,
        received_at -> BigInt,
        outcome -> SmallInt,
        note -> Text,
    }
}

diesel::table! {
    shop_order (org_id, hook_id, shop_order_id) {
        org_id -> Integer,
        hook_id -> Binary,
        shop_order_id -> Text,
        test -> Bool,
        order_number -> Text,
        changed_at -> BigInt,
        refunded_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    member (org_id, member_id) {
        org_id -> Integer,
        member_id -> Binary,
        email -> Text,
        name -> Text,
        role -> SmallInt,
        grants -> Text,
        password -> Text,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    setup_link (org_id, token_hash) {
        org_id -> Integer,
        token_hash -> Binary,
        member_id -> Binary,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    member_session (org_id, token_hash) {
        org_id -> Integer,
        token_hash -> Binary,
        member_id -> Binary,
        created_at -> BigInt,
        seen_at -> BigInt,
    }
}

diesel::table! {
    saved_view (org_id, view_id) {
        org_id -> Integer,
        view_id -> Binary,
        member_id -> Binary,
        survey_id -> Integer,
        name -> Text,
        page -> Text,
        query -> Text,
        shared -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    report_mail (org_id, report_mail_id) {
        org_id -> Integer,
        report_mail_id -> Binary,
        member_id -> Binary,
        view_id -> Binary,
        rhythm -> SmallInt,
        language -> Text,
        token_hash -> Binary,
        link_key_id -> Text,
        created_at -> BigInt,
        stopped_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    report_mail_run (org_id, report_mail_id, starts_on) {
        org_id -> Integer,
        report_mail_id -> Binary,
        starts_on -> Integer,
        state -> SmallInt,
        attempts -> Integer,
        doubts -> SmallInt,
        began_at -> Nullable<BigInt>,
        sent_at -> Nullable<BigInt>,
        last_error -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    second_step (org_id, member_id) {
        org_id -> Integer,
        member_id -> Binary,
        link_key_id -> Text,
        salt -> Binary,
        sealed -> Binary,
        created_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        last_step -> BigInt,
    }
}

diesel::table! {
    recovery_code (org_id, member_id, code_hash) {
        org_id -> Integer,
        member_id -> Binary,
        code_hash -> Binary,
    }
}

diesel::table! {
    annotation (org_id, annotation_id) {
        org_id -> Integer,
        annotation_id -> Binary,
        survey_id -> Integer,
        day -> Integer,
        words -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    closed_month (org_id, survey_id, month) {
        org_id -> Integer,
        survey_id -> Integer,
        month -> Integer,
        closed_at -> BigInt,
        version -> Text,
        content_sha256 -> Text,
        report -> Text,
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
    organisation_words,
    open_link,
    outbox,
    delivery_note,
    slip,
    suppression,
    webhook,
    webhook_secret,
    webhook_turn,
    webhook_message,
    webhook_delivery,
    webhook_attempt,
    shop_hook,
    hook_delivery,
    shop_order,
    member,
    setup_link,
    member_session,
    saved_view,
    closed_month,
    second_step,
    recovery_code,
    annotation,
    report_mail,
    report_mail_run,
);
