DROP TABLE closed_month;
