-- The figures' building blocks; made anew at each start, so that they are never older than the code.

-- Sessions with who is behind them: an alias of any of its names, else the best of them.
CREATE OR REPLACE VIEW people AS
SELECT s.*,
  coalesce(a1.person, a2.person, a3.person, a4.person, a5.person, a6.person,
    s.email, s.account_id, s.api_key, s.git_email, s.end_user, s.install_id) AS user_name
FROM sessions s
LEFT JOIN aliases a1 ON a1.name = lower(s.email)
LEFT JOIN aliases a2 ON a2.name = lower(s.account_id)
LEFT JOIN aliases a3 ON a3.name = lower(s.api_key)
LEFT JOIN aliases a4 ON a4.name = lower(s.git_email)
LEFT JOIN aliases a5 ON a5.name = lower(s.end_user)
LEFT JOIN aliases a6 ON a6.name = lower(s.install_id);

-- Changes with who made them: by alias of the commit's address or of the login; an address that the forge
-- hides says no more than the login.
CREATE OR REPLACE VIEW change_people AS
SELECT c.*, coalesce(a1.person, a2.person,
  CASE WHEN c.author_email IS NULL OR lower(c.author_email) LIKE '%@users.noreply.%' THEN c.author
    ELSE lower(c.author_email) END, lower(c.author_email)) AS user_name,
  c.rowid AS change_row
FROM changes c
LEFT JOIN aliases a1 ON a1.name = lower(c.author_email)
LEFT JOIN aliases a2 ON a2.name = lower(c.author);
