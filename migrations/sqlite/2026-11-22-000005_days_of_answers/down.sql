DROP INDEX response_day;
