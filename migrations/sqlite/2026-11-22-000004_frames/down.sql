DROP TRIGGER frame_order_update;
DROP TRIGGER frame_invitation_move;
DROP TRIGGER frame_invitation_update;
DROP TRIGGER frame_invitation_delete;
DROP TRIGGER frame_invitation_insert;
DROP TABLE frame_change;
DROP TABLE frame;
DROP TABLE frame_mark;
