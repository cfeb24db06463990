DROP TRIGGER frame_order_changed ON purchase_order;
DROP FUNCTION frame_order_changed();
DROP TRIGGER frame_invitation_changed ON invitation;
DROP FUNCTION frame_invitation_changed();
DROP FUNCTION frame_note(invitation, SMALLINT, SMALLINT);
DROP FUNCTION frame_standing(invitation);
DROP TABLE frame_change;
DROP TABLE frame;
DROP TABLE frame_mark;
