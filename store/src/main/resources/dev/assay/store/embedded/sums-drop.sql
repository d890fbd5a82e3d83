-- Sums of another version may lie in tables of another shape; what takes their place is made from the facts.
DROP TABLE IF EXISTS touched;
DROP TABLE IF EXISTS day_decisions;
DROP TABLE IF EXISTS day_edits;
DROP TABLE IF EXISTS day_usage;
DROP TABLE IF EXISTS day_git;
DROP TABLE IF EXISTS day_steps;
DROP TABLE IF EXISTS work;
DROP TABLE IF EXISTS work_tools;
DROP TABLE IF EXISTS work_models;
DROP TABLE IF EXISTS work_again;
DROP TABLE IF EXISTS work_months;
DROP TABLE IF EXISTS work_tools_months;
DROP TABLE IF EXISTS work_models_months;
DROP TABLE IF EXISTS work_everybody;
DROP TABLE IF EXISTS work_models_everybody;
