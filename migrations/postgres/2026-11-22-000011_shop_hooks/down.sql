DROP TABLE shop_order;
DROP TABLE hook_delivery;
DROP TABLE shop_hook;
ALTER TABLE purchase_order DROP COLUMN quiet;
