DROP TABLE report_mail_run;
DROP TABLE report_mail;
