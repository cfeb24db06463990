DROP TABLE member_session;
DROP TABLE setup_link;
DROP TABLE member;
